import type { InventorySection, StoredItem } from '../sections/index.ts';
import { SLOTS } from './item-types.ts';

/** A worn thing as presence packets show it. */
export interface WornItem {
  readonly id: number;
  readonly gem_opt: number;
  readonly socket: number;
  readonly grade: number;
}

const NOTHING: WornItem = { id: 0, gem_opt: 0, socket: 0, grade: 0 };

/** What is seen of an inventory slot. */
export function wornIn(inventory: InventorySection | undefined, slot: number): WornItem {
  const item: StoredItem | undefined = inventory?.slots[slot];
  if (item === undefined || item.kind === 'stack') return NOTHING;
  return { id: item.id, gem_opt: item.gem, socket: item.hasSocket ? 1 : 0, grade: item.refine };
}

/** The 8 visible things of SRV_SELECT_CHAR_REPLY and SRV_PLAYER_CHAR: slots 1 to 8 in order. */
export function visibleItems(inventory: InventorySection | undefined): WornItem[] {
  return [1, 2, 3, 4, 5, 6, 7, 8].map((slot) => wornIn(inventory, slot));
}

/** Slots of the 8 things of SRV_CHAR_LIST_REPLY: helmet, armour, gauntlet, boots, goggles, backpack, right hand, left hand. */
const LIST_SLOTS = [2, 3, 5, 6, 1, 4, 7, 8] as const;

/** The 8 visible things in the order of the character list. */
export function listedItems(inventory: InventorySection | undefined): WornItem[] {
  return LIST_SLOTS.map((slot) => wornIn(inventory, slot));
}

/** The parts of a mount. */
export function ridingItems(inventory: InventorySection | undefined): WornItem[] {
  return [135, 136, 137, 138, 139].map((slot) => wornIn(inventory, slot));
}

/** Type and id of the three kinds of ammunition at hand. */
export function loadedAmmunition(
  inventory: InventorySection | undefined,
): { type: number; id: number; isCreated: number }[] {
  return [0, 1, 2].map((n) => {
    const item = inventory?.slots[SLOTS.ammunitionFirst + n];
    return { type: item?.type ?? 0, id: item?.id ?? 0, isCreated: 0 };
  });
}
