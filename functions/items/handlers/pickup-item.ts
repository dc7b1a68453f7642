import { packet } from '../../../shared/kit/index.ts';
import { PartyRule, PickupItemResult } from '../../../shared/protocol/packets.generated.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { actingOf } from '../acting.ts';
import { SIGNALS } from '../names.ts';
import type { ItemsContext, ItemsPacket } from '../sections.ts';

/** Somebody wants what lies there. The actor that shows it decides; `items.picked` brings the answer. */
export const pickupItem: ItemsPacket<'CLI_PICKUP_ITEM_REQ'> = (context, { item_id: objectId }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return { ...notThere(objectId), refused: acting.refused };
  const { id, presence, position } = acting;
  if (objectId === presence.objectId || objectId === 0) return { ...notThere(objectId), refused: 'no_item' };
  const { x, y } = whereIs(position, context.now);
  const to = `object/${presence.map}/${objectId}`;
  return {
    signals: [{ to, name: SIGNALS.pick, payload: { characterId: id, x, y, ...partyOf(context, id) } }],
  };
};

/** The party of the taker, and whose turn it is in it, if things are taken in order. */
function partyOf({ sections: { party: section } }: ItemsContext, self: string) {
  const party = section?.self === self ? section.party : undefined;
  if (party === undefined) return {};
  const inOrder = (party.rule & PartyRule.ITEM_IN_ORDER) !== 0;
  const next = party.members.find((member) => member.id === party.turn && member.droppedAt === 0);
  return { partyId: party.id, ...(inOrder && next !== undefined ? { turn: next.id } : {}) };
}

/** The answer for something that is not there to be taken. */
export function notThere(objectId: number) {
  return {
    replies: [packet('SRV_PICKUP_ITEM_REPLY', { id: objectId, result: PickupItemResult.NO_ITEM })],
  };
}
