import type { Point } from '../../../shared/contract/index.ts';
import { type GroundItem, isBagSlot, take, type Uids, withMoney } from '../../../shared/economy/index.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import { ITEM_TYPES } from '../../../shared/world/item-types.ts';
import { regionAt } from '../../../shared/world/regions.ts';
import type { OwnPlan } from '../own-affair.ts';

/** Milliseconds that something lies on the ground, and for which only its owner may take it. */
export const LIES = 5 * 60_000;
export const OWNED = 2 * 60_000;

export interface DropFacts {
  readonly map: number;
  readonly at: Point;
  readonly ownerId: string;
  readonly ownerObject: number;
  readonly now: number;
}

/** Puts money (`slot` 0) or `count` of a bag slot on the ground. */
export function dropFrom(
  inventory: InventorySection,
  slot: number,
  count: number,
  facts: DropFacts,
  uids: Uids,
): OwnPlan | { readonly refused: string } {
  if (count < 1) return { refused: 'bad_amount' };
  const lying = lyingAt(facts, uids());
  if (slot === 0) {
    const after = withMoney(inventory, BigInt(-count));
    if (after === undefined) return { refused: 'too_little_money' };
    return { inventory: after, parts: [{ kind: 'ground-put', row: { ...lying, money: String(count) } }] };
  }
  if (!isBagSlot(slot)) return { refused: 'bad_slot' };
  if (inventory.slots[slot]?.type === ITEM_TYPES.quest.wire) return { refused: 'not_tradable' };
  const taken = take(inventory, slot, count, uids);
  if (taken.code !== 'ok') return { refused: taken.code };
  return { inventory: taken.rest, parts: [{ kind: 'ground-put', row: { ...lying, item: taken.item } }] };
}

function lyingAt(
  { map, at, ownerId, ownerObject, now }: DropFacts,
  id: string,
): Omit<GroundItem, 'item' | 'money'> {
  return {
    map,
    region: regionAt(at),
    id,
    x: at.x,
    y: at.y,
    ownerId,
    ownerObject,
    droppedAt: now,
    freeAt: now + OWNED,
    goneAt: now + LIES,
  };
}
