import type { ActiveEffect, CharacterSection, EffectsSection, InventorySection } from '../sections/index.ts';
import { maxHp, maxMp } from './formulas.ts';
import {
  attackOf,
  type Build,
  criticalOf,
  defenceOf,
  dodgeOf,
  FIST_ATTACK,
  FIST_REACH,
  type Fighter,
  hitOf,
} from './formulas-combat.ts';
import { SLOTS, wornSlot } from './item-types.ts';
import type { ItemData } from './schema/items.ts';
import { world } from './world.ts';

/** From here on a weapon counts as one that hits from afar, units. */
const FAR = 500;
const WEAPON_SLOT = 7;

/** A character in a fight: its figures, how far its weapon reaches, and whether it lacks what the weapon shoots. */
export interface Armed extends Fighter {
  readonly build: Build;
  /** Units. */
  readonly reach: number;
  readonly lacksAmmunition: boolean;
}

/** Level and stats, with what worn jewels and set gems add. */
export function buildOf(character: CharacterSection, inventory: InventorySection | undefined): Build {
  const build = { level: character.level, ...character.stats };
  for (const [, data, gem] of wornThings(inventory)) {
    if (data.type === 'jewel') build[data.bonus.stat] += data.bonus.amount;
    if (gem?.type === 'gem') build[gem.bonus.stat] += gem.bonus.amount;
  }
  return build;
}

/** A character's figures in a fight. */
export function fighterOf(
  character: CharacterSection,
  inventory: InventorySection | undefined,
  effects: EffectsSection | undefined,
): Armed {
  const build = buildOf(character, inventory);
  const worn = wornThings(inventory).reduce(
    (sum, [, data]) => sum + ('defence' in data ? data.defence : 0),
    0,
  );
  const carried = inventory?.slots[WEAPON_SLOT];
  const data = carried === undefined ? undefined : world.item(carried.type, carried.id);
  const weapon = data?.type === 'weapon' ? data : undefined;
  const reach = weapon?.range ?? FIST_REACH;
  const refine = carried?.kind === 'single' ? carried.refine : 0;
  return {
    build,
    level: character.level,
    attack: attackOf(build, weapon?.attack ?? FIST_ATTACK, refine, reach >= FAR),
    defence: defenceOf(build, worn, amountOf(effects?.active, 'defence')),
    hit: hitOf(build),
    dodge: dodgeOf(build),
    critical: criticalOf(build),
    reach,
    lacksAmmunition: weapon?.ammunition !== undefined && !hasAmmunition(inventory, weapon.ammunition),
  };
}

/** Largest hp and mp of a character. */
export function limitsOf({ level, stats }: Pick<CharacterSection, 'level' | 'stats'>): {
  readonly hp: number;
  readonly mp: number;
} {
  return { hp: maxHp(level, stats.con), mp: maxMp(level, stats.int) };
}

/** How strong an effect is right now, 0 when it is absent. */
export function amountOf(
  active: readonly ActiveEffect[] | undefined,
  status: ActiveEffect['status'],
): number {
  return active?.find((effect) => effect.status === status)?.amount ?? 0;
}

function hasAmmunition(inventory: InventorySection | undefined, kind: 'arrow' | 'bullet' | 'shell'): boolean {
  const slot = wornSlot({ type: 'material', ammunition: kind });
  return slot !== null && inventory?.slots[slot] !== undefined;
}

/** What is worn: slot, data, and the gem that is set in it. */
function wornThings(inventory: InventorySection | undefined): [number, ItemData, ItemData | undefined][] {
  const found: [number, ItemData, ItemData | undefined][] = [];
  for (let slot: number = SLOTS.wornFirst; slot <= SLOTS.wornLast; slot += 1) {
    const item = inventory?.slots[slot];
    const data = item === undefined ? undefined : world.item(item.type, item.id);
    if (item === undefined || data === undefined) continue;
    const gem = item.kind === 'single' && item.gem > 0 ? world.itemByRef(`gem/${item.gem}`) : undefined;
    found.push([slot, data, gem]);
  }
  return found;
}
