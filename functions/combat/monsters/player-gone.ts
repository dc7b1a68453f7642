import type { MonstersSection } from '../../../shared/sections/index.ts';
import type { CombatContext, CombatResult } from '../sections.ts';
import { wakeAt } from './wake.ts';

/** A region forgets a player. When it was the last one, it waits a while for another. */
export function playerGone(context: CombatContext, objectId: number): CombatResult {
  const { monsters, graves } = context.sections;
  if (monsters?.players[objectId] === undefined) return {};
  const { [objectId]: _left, ...players } = monsters.players;
  const quiet = Object.keys(players).length === 0 ? { quietSince: context.now } : {};
  const after: MonstersSection = { ...monsters, players, ...quiet };
  return { state: { sections: { monsters: after } }, timers: [wakeAt(after, graves, context.now)] };
}
