import { take, type Uids } from '../../../shared/economy/index.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import type { ItemData } from '../../../shared/world/schema/items.ts';
import { world } from '../../../shared/world/world.ts';
import type { OwnPlan } from '../own-affair.ts';

export type Consumable = Extract<ItemData, { type: 'consumable' }>;

/** The consumable in a slot. `named` is what the client believes to lie there: its id, its whole header, or 0 for not saying. */
export function consumableIn(
  inventory: InventorySection,
  slot: number,
  named: number,
): Consumable | { readonly refused: 'empty_slot' | 'wrong_item' | 'not_usable' } {
  const item = inventory.slots[slot];
  if (item === undefined) return { refused: 'empty_slot' };
  if (named !== 0 && named !== item.id && named !== item.type + item.id * 32)
    return { refused: 'wrong_item' };
  const data = world.item(item.type, item.id);
  return data?.type === 'consumable' ? data : { refused: 'not_usable' };
}

/** One piece is used up. */
export function useUp(
  inventory: InventorySection,
  slot: number,
  data: Consumable,
  uids: Uids,
): OwnPlan | { readonly refused: string } {
  const used = take(inventory, slot, 1, uids);
  if (used.code !== 'ok') return { refused: used.code };
  const kind = world.item(used.item.type, used.item.id);
  if (kind !== data) return { refused: 'wrong_item' };
  return { inventory: used.rest, burned: [{ reason: 'used', items: [used.item] }], note: { id: data.id } };
}
