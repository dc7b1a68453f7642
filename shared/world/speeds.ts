import type { CharacterSection, Gait, InventorySection } from '../sections/index.ts';
import { attackSpeed, runSpeed, WALK_SPEED } from './formulas.ts';
import type { ItemData } from './schema/items.ts';
import { world } from './world.ts';

const BOOTS_SLOT = 6;
const WEAPON_SLOT = 7;

/** Units a second of a character in a gait; 0 sitting. */
export function speedOf(
  gait: Gait,
  character: CharacterSection,
  inventory: InventorySection | undefined,
): number {
  if (gait === 'sit') return 0;
  return gait === 'walk' ? WALK_SPEED : runSpeedOf(character, inventory);
}

/** Units a second of a character that runs. */
export function runSpeedOf(character: CharacterSection, inventory: InventorySection | undefined): number {
  const boots = wornData(inventory, BOOTS_SLOT);
  return runSpeed(character.stats.dex, boots?.type === 'boots' ? boots.speed : 0);
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
