import type { Signal } from '../../../shared/contract/index.ts';
import type { GravesSection, Mob, MonstersSection } from '../../../shared/sections/index.ts';
import { world } from '../../../shared/world/world.ts';
import type { CombatContext, CombatResult } from '../sections.ts';
import { berthName } from './births.ts';
import { restingAt } from './brain.ts';
import { hereIs } from './here.ts';
import type { Culprit } from './hurt.ts';
import { bequeath } from './kill.ts';
import { byId, NO_GRAVES } from './region.ts';
import { shown } from './show-mob.ts';
import { wakeAt } from './wake.ts';

/** A monster that has just died, and of whose hand. */
export interface Fallen {
  readonly mob: Mob;
  readonly killer: Culprit;
}

/** The dead lie where they fell, have a time at which they come back, and leave something. `others` have changed too. */
export async function withDead(
  context: CombatContext,
  map: number,
  section: MonstersSection,
  fallen: readonly Fallen[],
  others: readonly Mob[] = [],
): Promise<CombatResult> {
  const { now } = context;
  const respawns = { ...(context.sections.graves ?? NO_GRAVES).respawns };
  const signals: Signal[] = [];
  const lying: Mob[] = [];
  for (const { mob, killer } of fallen) {
    const wait = (world.spawns[mob.spawn]?.respawn ?? 60) * 1000;
    respawns[berthName(mob)] = Math.max(now + wait, mob.actAt);
    lying.push(restingAt(mob, hereIs(mob, now), now));
    signals.push(...(await bequeath(context, map, mob, killer)));
  }
  const graves: GravesSection = { ...context.sections.graves, respawns };
  const changed = [...others, ...lying];
  const monsters: MonstersSection = { ...section, mobs: { ...section.mobs, ...byId(changed) } };
  return {
    state: { sections: { monsters, graves } },
    objects: changed.map((mob) => shown(map, mob, now)),
    signals,
    timers: [wakeAt(monsters, graves, now)],
  };
}
