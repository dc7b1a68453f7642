import type { Json } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import type { ItemInput } from '../../../shared/protocol/packets.generated.ts';
import { ITEMS_IN_ORDER } from '../../../shared/world/formulas-party.ts';
import { memberOf } from '../change.ts';
import type { PartySignal } from '../sections.ts';
import { changeParty, ownParty } from '../tell.ts';

/** A member got an item from the ground, `{characterId, item}`: the party sees it, and in order the next one is somebody else's. */
export const item: PartySignal = async (context, { characterId, item: got }) => {
  const section = context.sections.party;
  const party = ownParty(section);
  if (section === undefined || party === undefined || typeof characterId !== 'string') return {};
  const member = memberOf(party, characterId);
  if (member === undefined || !isItem(got)) return { refused: 'bad_signal' };
  const seen = packet('SRV_PARTY_ITEM', { target: member.facts.objectId, item: got });
  const deliveries = [{ to: `party/${party.id}`, packets: [seen] }];
  if ((party.rule & ITEMS_IN_ORDER) === 0 || party.turn !== characterId) return { deliveries };
  const result = await changeParty(context, section, party, { kind: 'item', id: characterId }, 'changed');
  return { ...result, deliveries };
};

function isItem(value: Json | undefined): value is Json & ItemInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
