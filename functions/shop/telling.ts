import type { NamedPacket } from '../../shared/contract/index.ts';
import { changedSlots, wireSlots } from '../../shared/economy/index.ts';
import { packet } from '../../shared/kit/index.ts';
import type { InventorySection } from '../../shared/sections/index.ts';

/** Money, and every slot that looks different. Always sent after a deal, whatever has changed: clients wait for it. */
export function moneyAndItems(before: InventorySection, after: InventorySection): NamedPacket {
  const items = wireSlots(after, changedSlots(before, after));
  return packet('SRV_SET_MONEY_AND_ITEM', { zuly: after.zuly, items });
}
