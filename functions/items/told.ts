import type { NamedPacket } from '../../shared/contract/index.ts';
import { changedSlots, INVENTORY_SLOTS, wireSlots } from '../../shared/economy/index.ts';
import { packet } from '../../shared/kit/index.ts';
import type { InventorySection } from '../../shared/sections/index.ts';

/** The packets that bring a client's picture of its inventory from one state to another; none when nothing is to be seen of it. */
export function difference(before: InventorySection, after: InventorySection): NamedPacket[] {
  const items = wireSlots(after, changedSlots(before, after));
  const money = before.zuly !== after.zuly;
  if (money && items.length > 0) return [packet('SRV_SET_MONEY_AND_ITEM', { zuly: after.zuly, items })];
  if (money) return [packet('SRV_SET_MONEY', { zuly: after.zuly })];
  return items.length === 0 ? [] : [packet('SRV_SET_ITEM', { items })];
}

/** Everything, for a client of whose picture nothing is known. */
export function everything(inventory: InventorySection): NamedPacket[] {
  const items = wireSlots(inventory, INVENTORY_SLOTS);
  return [packet('SRV_SET_MONEY_AND_ITEM', { zuly: inventory.zuly, items })];
}
