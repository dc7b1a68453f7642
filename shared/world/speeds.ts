import type { CharacterSection, EffectsSection, Gait, InventorySection } from '../sections/index.ts';
import { amountOf } from './fighters.ts';
import { attackSpeed, runSpeed, WALK_SPEED } from './formulas.ts';
import { speedUnder } from './formulas-combat.ts';
import type { ItemData } from './schema/items.ts';
import { world } from './world.ts';

const BOOTS_SLOT = 6;
const WEAPON_SLOT = 7;

/** Units a second of a character in a gait, with what lasts on it; 0 sitting. */
export function speedOf(
  gait: Gait,
  character: CharacterSection,
  inventory: InventorySection | undefined,
  effects?: EffectsSection,
): number {
  if (gait === 'sit') return 0;
  return gait === 'walk'
    ? speedUnder(WALK_SPEED, changeBy(effects))
    : runSpeedOf(character, inventory, effects);
}

/** Units a second of a character that runs, with what lasts on it. */
export function runSpeedOf(
  character: CharacterSection,
  inventory: InventorySection | undefined,
  effects?: EffectsSection,
): number {
  const boots = wornData(inventory, BOOTS_SLOT);
  const own = runSpeed(character.stats.dex, boots?.type === 'boots' ? boots.speed : 0);
  return speedUnder(own, changeBy(effects));
}

/** Per cent by which effects make one faster; below 0 slower. */
function changeBy(effects: EffectsSection | undefined): number {
  return amountOf(effects?.active, 'speed') - amountOf(effects?.active, 'slow');
}

/** Attack speed of a character in per cent. */
export function attackSpeedOf(character: CharacterSection, inventory: InventorySection | undefined): number {
  const weapon = wornData(inventory, WEAPON_SLOT);
  return attackSpeed(weapon?.type === 'weapon' ? weapon.attackSpeed : undefined, character.stats.dex);
}

function wornData(inventory: InventorySection | undefined, slot: number): ItemData | undefined {
  const item = inventory?.slots[slot];
  return item === undefined ? undefined : world.item(item.type, item.id);
}
