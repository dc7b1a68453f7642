import type { StoredItem } from '../sections/index.ts';
import { MAX_STACK } from '../world/item-types.ts';
import { MAX_MONEY } from './money.ts';

/** Money and numbered slots: an inventory or a bank. Operations carry everything else along. */
export interface Container {
  /** Decimal string. */
  readonly zuly: string;
  readonly slots: Readonly<Record<string, StoredItem>>;
}

/** Makes identities of things; the same sequence when a step is repeated. */
export type Uids = () => string;

export type Taken<T> =
  | { readonly code: 'ok'; readonly rest: T; readonly item: StoredItem }
  | { readonly code: 'empty_slot' | 'too_few' };

/** How many a slot holds: the count of a stack, 1 for a single thing. */
export function countOf(item: StoredItem): number {
  return item.kind === 'stack' ? item.count : 1;
}

/**
 * Takes `count` (a whole number above 0) out of a slot. What is taken of a stack in part gets an identity of its own.
 */
export function take<T extends Container>(from: T, slot: number, count: number, uids: Uids): Taken<T> {
  const item = from.slots[slot];
  if (item === undefined) return { code: 'empty_slot' };
  const there = countOf(item);
  if (!Number.isInteger(count) || count < 1 || count > there) return { code: 'too_few' };
  if (item.kind === 'single' || count === there)
    return { code: 'ok', rest: withSlot(from, slot, undefined), item };
  const left = { ...item, count: there - count };
  return { code: 'ok', rest: withSlot(from, slot, left), item: { ...item, uid: uids(), count } };
}

export type Put<T> =
  | { readonly code: 'ok'; readonly into: T; readonly slots: readonly number[] }
  | { readonly code: 'no_space' };

/**
 * Puts an item into the given slots, in their order of preference: first onto stacks of its kind, then into the first empty one. All of
 * it or nothing.
 */
export function put<T extends Container>(into: T, item: StoredItem, order: readonly number[]): Put<T> {
  let rest: StoredItem | undefined = item;
  let filled = into;
  const slots: number[] = [];
  for (const slot of order) {
    const there = filled.slots[slot];
    if (rest?.kind !== 'stack') break;
    if (there === undefined || !stacksWith(there, rest)) continue;
    const moved = Math.min(MAX_STACK - there.count, rest.count);
    if (moved <= 0) continue;
    filled = withSlot(filled, slot, { ...there, count: there.count + moved });
    slots.push(slot);
    rest = moved === rest.count ? undefined : { ...rest, count: rest.count - moved };
  }
  if (rest === undefined) return { code: 'ok', into: filled, slots };
  const free = order.find((slot) => filled.slots[slot] === undefined);
  if (free === undefined) return { code: 'no_space' };
  return { code: 'ok', into: withSlot(filled, free, rest), slots: [...slots, free] };
}

/** Like `put`, into exactly one slot: the first stack that has room for all of it, else the first empty slot. */
export function putWhole<T extends Container>(into: T, item: StoredItem, order: readonly number[]): Put<T> {
  for (const slot of order) {
    const there = into.slots[slot];
    if (item.kind !== 'stack' || there === undefined || !stacksWith(there, item)) continue;
    if (there.count + item.count > MAX_STACK) continue;
    return {
      code: 'ok',
      into: withSlot(into, slot, { ...there, count: there.count + item.count }),
      slots: [slot],
    };
  }
  const free = order.find((slot) => into.slots[slot] === undefined);
  return free === undefined
    ? { code: 'no_space' }
    : { code: 'ok', into: withSlot(into, free, item), slots: [free] };
}

/** Exchanges two slots, either of which may be empty. */
export function swap<T extends Container>(within: T, one: number, other: number): T {
  const { [one]: a, [other]: b } = within.slots;
  return withSlot(withSlot(within, one, b), other, a);
}

/** The same with another content of one slot; undefined empties it. */
export function withSlot<T extends Container>(container: T, slot: number, item: StoredItem | undefined): T {
  const { [slot]: _before, ...others } = container.slots;
  return { ...container, slots: item === undefined ? others : { ...others, [slot]: item } };
}

/** The same with so much more money, or less; undefined when there is too little, or more than one place can hold. */
export function withMoney<T extends Container>(container: T, change: bigint): T | undefined {
  const zuly = BigInt(container.zuly) + change;
  return zuly < 0n || zuly > MAX_MONEY ? undefined : { ...container, zuly: zuly.toString() };
}

type Stack = Extract<StoredItem, { kind: 'stack' }>;

function stacksWith(there: StoredItem, item: Stack): there is Stack {
  return there.kind === 'stack' && there.type === item.type && there.id === item.id;
}

/** A thing that does not stack: it has a life, and may be refined. */
export type Thing = Extract<StoredItem, { kind: 'single' }>;
