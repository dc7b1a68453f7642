import type { ObjectChange } from '../../../shared/contract/index.ts';
import type { GravesSection, Mob, MonstersSection } from '../../../shared/sections/index.ts';
import type { CombatContext, CombatResult } from '../sections.ts';
import { shown } from './show-mob.ts';
import { wakeAt } from './wake.ts';

export const NO_GRAVES: GravesSection = { respawns: {} };

/** Monsters by object id. */
export function byId(mobs: readonly Mob[]): Record<string, Mob> {
  return Object.fromEntries(mobs.map((mob) => [mob.objectId, mob]));
}

/** Takes changed monsters over, shows them as they are now, and arms the timer of whatever is next. */
export function changedMobs(
  context: CombatContext,
  map: number,
  section: MonstersSection,
  changed: readonly Mob[],
): CombatResult & { readonly objects: readonly ObjectChange[] } {
  const monsters: MonstersSection = { ...section, mobs: { ...section.mobs, ...byId(changed) } };
  return {
    state: { sections: { monsters } },
    objects: changed.map((mob) => shown(map, mob, context.now)),
    timers: [wakeAt(monsters, context.sections.graves, context.now)],
  };
}
