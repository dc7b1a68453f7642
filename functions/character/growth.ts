import type { CharacterSection } from '../../shared/sections/index.ts';
import { experienceToReach, MAX_LEVEL, skillPointsAt, statPointsAt } from '../../shared/world/formulas.ts';

/** One level that was reached, as its player is told. */
export interface Level {
  readonly level: number;
  /** Experience that is left after it. */
  readonly xp: number;
  readonly statPoints: number;
  readonly skillPoints: number;
}

/** The character with so much more experience (whole, above 0), and the levels that it reached by it. At the highest level nothing counts. */
export function grown(
  character: CharacterSection,
  xp: number,
): { readonly character: CharacterSection; readonly levels: readonly Level[] } {
  let { level, statPoints, skillPoints } = character;
  let left = Math.min(Number.MAX_SAFE_INTEGER, Number(character.xp) + xp);
  const levels: Level[] = [];
  while (level < MAX_LEVEL && left >= experienceToReach(level + 1)) {
    level += 1;
    left -= experienceToReach(level);
    statPoints += statPointsAt(level);
    skillPoints += skillPointsAt(level);
    levels.push({ level, xp: left, statPoints, skillPoints });
  }
  if (level >= MAX_LEVEL) left = 0;
  return { character: { ...character, level, xp: String(left), statPoints, skillPoints }, levels };
}
