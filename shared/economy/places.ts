import type { StoredItem } from '../sections/index.ts';
import { ITEM_TYPES, SLOTS } from '../world/item-types.ts';

/** Slots of one page of the bag. Clients show four: things to wear, things to use, materials, parts of mounts. */
const PAGE = 30;
const BAG = range(SLOTS.bagFirst, SLOTS.bagLast);
const PAGES = [0, 1, 2, 3].map((page) => {
  const own = BAG.slice(page * PAGE, (page + 1) * PAGE);
  return [...own, ...BAG.filter((slot) => !own.includes(slot))];
});

/** Slots of a bank, numbered from 0. */
export const BANK_SLOTS: readonly number[] = range(0, 159);
/** Slots of an inventory that items can lie in. */
export const INVENTORY_SLOTS: readonly number[] = range(SLOTS.wornFirst, SLOTS.rideLast);

/** All bag slots in the order in which an item looks for room: the page of its type, then the others. */
export function bagSlots(item: Pick<StoredItem, 'type'>): readonly number[] {
  return PAGES[pageOf(item.type)] ?? BAG;
}

export function isBagSlot(slot: number): boolean {
  return Number.isInteger(slot) && slot >= SLOTS.bagFirst && slot <= SLOTS.bagLast;
}

function pageOf(type: number): number {
  if (type === ITEM_TYPES.mount.wire) return 3;
  if (type === ITEM_TYPES.consumable.wire) return 1;
  return type > ITEM_TYPES.consumable.wire ? 2 : 0;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}
