import { type Thing, take, type Uids, withMoney, withSlot } from '../../../shared/economy/index.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import { FULL_LIFE, repairCost } from '../../../shared/world/formulas-items.ts';
import { world } from '../../../shared/world/world.ts';
import type { OwnPlan } from '../own-affair.ts';

type Refused = { readonly refused: string };

/** A thing is made as new for money. */
export function repairForMoney(inventory: InventorySection, slot: number): OwnPlan | Refused {
  const thing = damaged(inventory, slot);
  if ('refused' in thing) return thing;
  const cost = BigInt(repairCost(world.item(thing.type, thing.id)?.price ?? 0, thing.life));
  const paid = withMoney(inventory, -cost);
  if (paid === undefined) return { refused: 'too_little_money' };
  return {
    inventory: withSlot(paid, slot, { ...thing, life: FULL_LIFE }),
    burned: [{ reason: 'repair', money: cost.toString() }],
  };
}

/** A tool is used up on a thing, and gives back some of its life. */
export function repairWithTool(
  inventory: InventorySection,
  tool: number,
  slot: number,
  uids: Uids,
): OwnPlan | Refused {
  const used = take(inventory, tool, 1, uids);
  if (used.code !== 'ok') return { refused: used.code };
  const data = world.item(used.item.type, used.item.id);
  const repairs = data?.type === 'material' ? data.repairs : undefined;
  if (repairs === undefined) return { refused: 'not_usable' };
  const thing = damaged(inventory, slot);
  if ('refused' in thing) return thing;
  const life = Math.min(FULL_LIFE, thing.life + repairs);
  return {
    inventory: withSlot(used.rest, slot, { ...thing, life }),
    burned: [{ reason: 'repair', items: [used.item] }],
  };
}

/** A thing suffers; it stays when nothing of its life is left. */
export function worn(inventory: InventorySection, slot: number, amount: number): OwnPlan | Refused {
  const thing = inventory.slots[slot];
  if (thing?.kind !== 'single') return { refused: 'empty_slot' };
  return { inventory: withSlot(inventory, slot, { ...thing, life: Math.max(0, thing.life - amount) }) };
}

function damaged(inventory: InventorySection, slot: number): Thing | Refused {
  const item = inventory.slots[slot];
  if (item === undefined) return { refused: 'empty_slot' };
  if (item.kind !== 'single') return { refused: 'wrong_type' };
  return item.life >= FULL_LIFE ? { refused: 'not_damaged' } : item;
}
