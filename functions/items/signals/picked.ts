import type { NamedPacket } from '../../../shared/contract/index.ts';
import { wireItem, wireMoney } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { PickupItemResult } from '../../../shared/protocol/packets.generated.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import { PARTY_ITEM } from '../names.ts';
import type { ItemsSignal } from '../sections.ts';
import { catchUp } from './changed.ts';

/**
 * The region's answer to somebody who wanted to pick something up. What the database says is told to the client besides, so that this
 * signal could bring nobody anything.
 */
export const picked: ItemsSignal = async (context, payload) => {
  const { objectId, result, slot, money, receiver, item, shared } = payload;
  if (typeof objectId !== 'number' || typeof result !== 'number') return { refused: 'bad_answer' };
  if (result !== PickupItemResult.OK) {
    return {
      replies: [packet('SRV_PICKUP_ITEM_REPLY', { id: objectId, result })],
      refused: REASONS[result] ?? 'no_item',
    };
  }
  const { result: caught, inventory } = await catchUp(context);
  // In a party that takes things in order it may have gone to somebody else.
  const own = typeof receiver !== 'string' || receiver === context.characterId;
  const reply = own
    ? replyOf(objectId, inventory, slot, money)
    : packet('SRV_PICKUP_ITEM_REPLY', { id: objectId, result });
  const seen = { characterId: receiver ?? null, item: item ?? null };
  const party =
    shared === true && item !== undefined ? [{ to: 'self', name: PARTY_ITEM, payload: seen }] : [];
  return { ...caught, replies: [reply, ...(caught.replies ?? [])], signals: party };
};

const REASONS: Readonly<Record<number, string>> = {
  [PickupItemResult.NO_ITEM]: 'no_item',
  [PickupItemResult.NOT_OWNER]: 'not_owner',
  [PickupItemResult.INVENTORY_FULL]: 'no_space',
};

function replyOf(
  id: number,
  inventory: InventorySection | undefined,
  slot: unknown,
  money: unknown,
): NamedPacket {
  const result = PickupItemResult.OK;
  if (typeof money === 'string')
    return packet('SRV_PICKUP_ITEM_REPLY', { id, result, slot: 0, item: wireMoney(BigInt(money)) });
  const at = typeof slot === 'number' ? slot : 0;
  return packet('SRV_PICKUP_ITEM_REPLY', { id, result, slot: at, item: wireItem(inventory?.slots[at]) });
}
