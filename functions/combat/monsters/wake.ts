import type { TimerChange } from '../../../shared/contract/index.ts';
import type { GravesSection, MonstersSection } from '../../../shared/sections/index.ts';
import { TIMERS } from '../names.ts';

/** Milliseconds after which a player that was not heard of counts as gone. */
export const UNHEARD = 150_000;
/** Milliseconds for which a region that all players have left goes on. */
export const LINGER = 20_000;
/** Milliseconds by which acts wait for each other, to be done in one turn. */
const TOGETHER = 40;

/** When the region has something to do next: a monster's act, an effect's, a return from the grave, the end of waiting for players. */
export function wakeAt(
  { mobs, players, quietSince }: MonstersSection,
  graves: GravesSection | undefined,
  now: number,
): TimerChange {
  let at = quietSince === undefined ? Number.POSITIVE_INFINITY : quietSince + LINGER;
  for (const mob of Object.values(mobs)) {
    at = Math.min(at, mob.actAt);
    for (const { next, until } of mob.effects) at = Math.min(at, next ?? until);
  }
  for (const { heardAt } of Object.values(players)) at = Math.min(at, heardAt + UNHEARD);
  for (const due of Object.values(graves?.respawns ?? {})) at = Math.min(at, due);
  return { name: TIMERS.act, at: Number.isFinite(at) ? Math.max(at, now + TOGETHER) : now + UNHEARD };
}
