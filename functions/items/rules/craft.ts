import { bagSlots, isBagSlot, put, type Uids } from '../../../shared/economy/index.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import { ITEM_TYPES } from '../../../shared/world/item-types.ts';
import type { Recipe } from '../../../shared/world/schema/recipes.ts';
import { newItem } from '../../../shared/world/starter-inventory.ts';
import { world } from '../../../shared/world/world.ts';
import type { OwnPlan } from '../own-affair.ts';
import { takeAll } from './materials.ts';

export type CraftRefusal = 'missing_material' | 'no_space' | 'unknown_product';

/** The recipe of an item by the numbers of the wire, undefined when nobody can make it. */
export function recipeOf(type: number, id: number): Recipe | undefined {
  return world.workshop.recipes.find(({ product }) => {
    const data = world.itemByRef(product);
    return data !== undefined && ITEM_TYPES[data.type].wire === type && data.id === id;
  });
}

/**
 * Uses up the materials that lie in the named bag slots; with luck the product is made. The note says whether it was, and where it
 * lies.
 */
export function craft(
  inventory: InventorySection,
  recipe: Recipe,
  slots: readonly number[],
  lucky: boolean,
  uids: Uids,
): OwnPlan | { readonly refused: CraftRefusal } {
  const taken = takeAll(inventory, recipe.materials, slots.filter(isBagSlot), uids);
  if (taken === undefined) return { refused: 'missing_material' };
  const burned = [{ reason: 'craft', items: taken.used }];
  if (!lucky) return { inventory: taken.rest, burned, note: { made: false, slot: 0 } };
  const data = world.itemByRef(recipe.product);
  if (data === undefined) return { refused: 'unknown_product' };
  const fresh = newItem(data, 1, uids());
  const product = fresh.kind === 'single' ? { ...fresh, isCreated: true } : fresh;
  const placed = put(taken.rest, product, bagSlots(product));
  if (placed.code !== 'ok') return { refused: placed.code };
  return {
    inventory: placed.into,
    burned,
    minted: [{ reason: 'craft', items: [product] }],
    note: { made: true, slot: placed.slots[0] ?? 0 },
  };
}
