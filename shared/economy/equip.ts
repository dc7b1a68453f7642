import type { StoredItem } from '../sections/index.ts';
import { SLOTS, wornSlot } from '../world/item-types.ts';
import type { ItemData } from '../world/schema/items.ts';
import { world } from '../world/world.ts';
import { type Container, put, putWhole, swap, withSlot } from './container.ts';
import { bagSlots, isBagSlot } from './places.ts';

export type EquipRefusal = 'bad_slot' | 'empty_slot' | 'wrong_type' | 'level_too_low' | 'broken' | 'no_space';

export type Equipped<T> = { readonly code: 'ok'; readonly next: T } | { readonly code: EquipRefusal };

const RIGHT_HAND = 7;
const LEFT_HAND = 8;

/**
 * Wears what lies in the bag slot `from` in the slot `to`; what was worn there goes to the bag slot. Whatever the other hand would have to
 * let go of is taken off: a two-handed weapon leaves no hand for a shield.
 */
export function equip<T extends Container>(
  inventory: T,
  to: number,
  from: number,
  level: number,
): Equipped<T> {
  if (!isWornSlot(to) && !isRideSlot(to)) return { code: 'bad_slot' };
  const problem = wearable(inventory, to, from, level);
  if (problem !== null) return { code: problem };
  const worn = swap(inventory, to, from);
  const other = handInTheWay(worn, to);
  return other === null ? { code: 'ok', next: worn } : takeOff(worn, other);
}

/** Takes off what is worn in a slot, into the bag. */
export function takeOff<T extends Container>(inventory: T, slot: number): Equipped<T> {
  const item = inventory.slots[slot];
  if (!isWornSlot(slot) && !isRideSlot(slot)) return { code: 'bad_slot' };
  if (item === undefined) return { code: 'empty_slot' };
  const placed = put(withSlot(inventory, slot, undefined), item, bagSlots(item));
  return placed.code === 'ok' ? { code: 'ok', next: placed.into } : { code: 'no_space' };
}

/**
 * Loads ammunition (0 arrows, 1 bullets, 2 shells) from a bag slot: onto what is loaded when it is the same, else in its place. `from` 0
 * unloads.
 */
export function load<T extends Container>(
  inventory: T,
  kind: number,
  from: number,
  level: number,
): Equipped<T> {
  const to = SLOTS.ammunitionFirst + kind;
  if (!Number.isInteger(kind) || kind < 0 || to > SLOTS.ammunitionLast) return { code: 'bad_slot' };
  if (from === 0) return unload(inventory, to);
  const problem = wearable(inventory, to, from, level);
  if (problem !== null) return { code: problem };
  const item = inventory.slots[from];
  const onto = item && putWhole(withSlot(inventory, from, undefined), item, [to]);
  return { code: 'ok', next: onto?.code === 'ok' ? onto.into : swap(inventory, to, from) };
}

function unload<T extends Container>(inventory: T, slot: number): Equipped<T> {
  const item = inventory.slots[slot];
  if (item === undefined) return { code: 'empty_slot' };
  const placed = put(withSlot(inventory, slot, undefined), item, bagSlots(item));
  return placed.code === 'ok' ? { code: 'ok', next: placed.into } : { code: 'no_space' };
}

function wearable(inventory: Container, to: number, from: number, level: number): EquipRefusal | null {
  if (!isBagSlot(from)) return 'bad_slot';
  const item = inventory.slots[from];
  if (item === undefined) return 'empty_slot';
  const data = dataOf(item);
  if (data === undefined || wornSlot(data) !== to) return 'wrong_type';
  if (level < data.level) return 'level_too_low';
  return item.kind === 'single' && item.life === 0 ? 'broken' : null;
}

/** The hand that must let go after something was put into `to`, null when both may stay. */
function handInTheWay(inventory: Container, to: number): number | null {
  if (to !== RIGHT_HAND && to !== LEFT_HAND) return null;
  const weapon = dataOf(inventory.slots[RIGHT_HAND]);
  if (weapon?.type !== 'weapon' || weapon.hands !== 2) return null;
  const other = to === RIGHT_HAND ? LEFT_HAND : RIGHT_HAND;
  return inventory.slots[other] === undefined ? null : other;
}

function isWornSlot(slot: number): boolean {
  return Number.isInteger(slot) && slot >= SLOTS.wornFirst && slot <= SLOTS.wornLast;
}

function isRideSlot(slot: number): boolean {
  return Number.isInteger(slot) && slot >= SLOTS.rideFirst && slot <= SLOTS.rideLast;
}

function dataOf(item: StoredItem | undefined): ItemData | undefined {
  return item === undefined ? undefined : world.item(item.type, item.id);
}
