import {
  bagSlots,
  INVENTORY_SLOTS,
  isBagSlot,
  put,
  type Thing,
  take,
  type Uids,
  withSlot,
} from '../../../shared/economy/index.ts';
import type { InventorySection, StoredItem } from '../../../shared/sections/index.ts';
import { scrapOf } from '../../../shared/world/formulas-items.ts';
import { ITEM_TYPES, MAX_STACK } from '../../../shared/world/item-types.ts';
import { newItem } from '../../../shared/world/starter-inventory.ts';
import { world } from '../../../shared/world/world.ts';
import type { OwnPlan } from '../own-affair.ts';
import { takeAll } from './materials.ts';

const BAG = INVENTORY_SLOTS.filter(isBagSlot);
const GEM_TYPE = ITEM_TYPES.gem.wire;

export type EnhanceRefusal =
  | 'empty_slot'
  | 'wrong_type'
  | 'no_socket'
  | 'socket_full'
  | 'no_gem'
  | 'missing_material'
  | 'highest_grade'
  | 'no_space'
  | 'nothing_left';
type Planned = OwnPlan | { readonly refused: EnhanceRefusal };

/** Sets a gem from the bag into the socket of a thing. */
export function setGem(inventory: InventorySection, target: number, source: number, uids: Uids): Planned {
  const thing = thingIn(inventory, target);
  if ('refused' in thing) return thing;
  if (!thing.hasSocket) return { refused: 'no_socket' };
  if (thing.gem !== 0) return { refused: 'socket_full' };
  const gem = inventory.slots[source];
  if (gem?.type !== GEM_TYPE || !isBagSlot(source)) return { refused: 'no_gem' };
  const taken = take(inventory, source, 1, uids);
  if (taken.code !== 'ok') return { refused: 'no_gem' };
  return {
    inventory: withSlot(taken.rest, target, { ...thing, gem: gem.id }),
    burned: [{ reason: 'gem_set', items: [taken.item] }],
    note: { came: 'set' },
  };
}

/** Refines a thing by one grade. The materials are used up whatever comes of it; bad luck may cost grades. */
export function upgrade(inventory: InventorySection, target: number, dice: number, uids: Uids): Planned {
  const thing = thingIn(inventory, target);
  if ('refused' in thing) return thing;
  const step = world.workshop.upgrades[thing.refine];
  if (step === undefined) return { refused: 'highest_grade' };
  const taken = takeAll(inventory, [step.material], BAG, uids);
  if (taken === undefined) return { refused: 'missing_material' };
  const lucky = dice < step.chance;
  const refine = lucky ? step.grade : Math.max(0, thing.refine - step.loses);
  return {
    inventory: withSlot(taken.rest, target, { ...thing, refine }),
    burned: [{ reason: 'upgrade', items: taken.used }],
    note: { came: lucky ? 'better' : 'failed' },
  };
}

/** Takes a thing apart: one with a gem gives it back, with luck; one without becomes material. */
export function disassemble(inventory: InventorySection, target: number, dice: number, uids: Uids): Planned {
  const thing = thingIn(inventory, target);
  if ('refused' in thing) return thing;
  return thing.gem === 0
    ? scrap(inventory, target, thing, uids)
    : takeGemOut(inventory, target, thing, dice, uids);
}

function takeGemOut(
  inventory: InventorySection,
  target: number,
  thing: Thing,
  dice: number,
  uids: Uids,
): Planned {
  const { whole, suffers, durability } = world.workshop.gem;
  const bare = { ...thing, gem: 0 };
  if (dice >= whole + suffers)
    return { inventory: withSlot(inventory, target, bare), note: { came: 'gem_lost' } };
  const hurt = dice >= whole;
  const left = hurt ? { ...bare, durability: Math.max(0, thing.durability - durability) } : bare;
  const gem: StoredItem = { kind: 'stack', uid: uids(), type: GEM_TYPE, id: thing.gem, count: 1 };
  const placed = put(withSlot(inventory, target, left), gem, bagSlots(gem));
  if (placed.code !== 'ok') return { refused: placed.code };
  return {
    inventory: placed.into,
    minted: [{ reason: 'gem_out', items: [gem] }],
    note: { came: hurt ? 'gem_degraded' : 'gem_out' },
  };
}

function scrap(inventory: InventorySection, target: number, thing: Thing, uids: Uids): Planned {
  // What is worn is not taken apart.
  if (!isBagSlot(target)) return { refused: 'wrong_type' };
  const data = world.item(thing.type, thing.id);
  const material = data === undefined ? undefined : world.itemByRef(world.workshop.scrap[data.type] ?? '');
  if (data === undefined || material === undefined) return { refused: 'nothing_left' };
  const made = newItem(material, Math.min(MAX_STACK, scrapOf(data.price)), uids());
  const placed = put(withSlot(inventory, target, undefined), made, bagSlots(made));
  if (placed.code !== 'ok') return { refused: placed.code };
  return {
    inventory: placed.into,
    burned: [{ reason: 'disassembled', items: [thing] }],
    minted: [{ reason: 'disassembled', items: [made] }],
    note: { came: 'scrap' },
  };
}

function thingIn(inventory: InventorySection, slot: number): Thing | { readonly refused: EnhanceRefusal } {
  const item = inventory.slots[slot];
  if (item === undefined) return { refused: 'empty_slot' };
  return item.kind === 'single' ? item : { refused: 'wrong_type' };
}
