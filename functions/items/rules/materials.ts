import { type Container, countOf, take, type Uids } from '../../../shared/economy/index.ts';
import type { StoredItem } from '../../../shared/sections/index.ts';
import { ITEM_TYPES } from '../../../shared/world/item-types.ts';
import { world } from '../../../shared/world/world.ts';

export interface Ingredient {
  readonly item: string;
  readonly count: number;
}

/** Takes ingredients out of the given slots, in their order; undefined when there is not enough of one. */
export function takeAll<T extends Container>(
  from: T,
  ingredients: readonly Ingredient[],
  slots: readonly number[],
  uids: Uids,
): { readonly rest: T; readonly used: readonly StoredItem[] } | undefined {
  let rest = from;
  const used: StoredItem[] = [];
  for (const { item: ref, count } of ingredients) {
    let missing = count;
    for (const slot of new Set(slots)) {
      const there = rest.slots[slot];
      if (missing === 0 || there === undefined || !isOf(there, ref)) continue;
      const taken = take(rest, slot, Math.min(missing, countOf(there)), uids);
      if (taken.code !== 'ok') return undefined;
      rest = taken.rest;
      used.push(taken.item);
      missing -= countOf(taken.item);
    }
    if (missing > 0) return undefined;
  }
  return { rest, used };
}

/** Whether a stored thing is what the data calls `ref`, such as `material/12`. */
export function isOf(item: StoredItem, ref: string): boolean {
  const data = world.itemByRef(ref);
  return data !== undefined && ITEM_TYPES[data.type].wire === item.type && data.id === item.id;
}
