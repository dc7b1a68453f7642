import type { CombatContext, CombatResult } from '../sections.ts';

/** A player cannot be hit any more (it died, or is not to be fought): whoever is after it looks for somebody else. */
export function victimLost(context: CombatContext, objectId: number): CombatResult {
  const { monsters } = context.sections;
  const player = monsters?.players[objectId];
  if (monsters === undefined || player === undefined) return {};
  const players = { ...monsters.players, [objectId]: { ...player, alive: false } };
  return { state: { sections: { monsters: { ...monsters, players } } } };
}
