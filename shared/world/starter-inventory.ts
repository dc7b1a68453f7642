import type { InventorySection, StoredItem } from '../sections/index.ts';
import { ITEM_TYPES, SLOTS } from './item-types.ts';
import type { ItemData } from './schema/items.ts';
import { world } from './world.ts';

/** Durability and life of a thing that has never been used. */
const NEW_DURABILITY = 50;
const NEW_LIFE = 1000;

/** The inventory of a new character of `race` (0 or 1). `uid` makes the identity of one item. */
export function starterInventory(race: number, uid: () => string): InventorySection {
  const kit = world.starterKits.get(race);
  if (kit === undefined) throw new RangeError(`no starter kit for race ${race}`);
  const slots: Record<string, StoredItem> = {};
  for (const [slot, ref] of Object.entries(kit.worn)) slots[slot] = newItem(dataOf(ref), 1, uid());
  kit.bag.forEach(({ item, count }, n) => {
    slots[SLOTS.bagFirst + n] = newItem(dataOf(item), count, uid());
  });
  return { version: 1, zuly: String(world.startZuly), slots };
}

/** A new item as the store keeps it; `count` matters for those that stack. */
export function newItem(data: ItemData, count: number, uid: string): StoredItem {
  const { wire, stacks } = ITEM_TYPES[data.type];
  if (stacks) return { kind: 'stack', uid, type: wire, id: data.id, count };
  return {
    kind: 'single',
    uid,
    type: wire,
    id: data.id,
    isCreated: false,
    gem: 0,
    durability: NEW_DURABILITY,
    life: NEW_LIFE,
    hasSocket: false,
    isAppraised: true,
    refine: 0,
  };
}

function dataOf(ref: string): ItemData {
  const data = world.itemByRef(ref);
  if (data === undefined) throw new RangeError(`no item ${ref}`);
  return data;
}
