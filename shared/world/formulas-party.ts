import { MAX_LEVEL } from './formulas.ts';

/** Members of a party at most. */
export const PARTY_SIZE = 7;
/** Levels by which the lowest and the highest member of a party may differ. */
export const PARTY_LEVEL_SPAN = 30;
/** Units within which a member shares the experience of a kill. */
export const PARTY_REACH = 10_000;

/** Bits of PartyRule. */
export const SHARE_BY_LEVEL = 1;
export const ITEMS_IN_ORDER = 128;

/** Whether someone of `level` may be in a party with members of these levels. */
export function levelFits(level: number, levels: readonly number[]): boolean {
  return levels.every((other) => Math.abs(other - level) <= PARTY_LEVEL_SPAN);
}

/**
 * Experience of one member for a kill worth `xp`: each further member who shares adds a tenth to the whole, which is divided evenly, or
 * by level under the rule of that name. At least 1 of every kill that is worth anything. `levels` are those of all who share, `level` among them.
 */
export function shareOf(xp: number, level: number, levels: readonly number[], byLevel: boolean): number {
  if (xp <= 0) return 0;
  const whole = xp * (1 + 0.1 * (levels.length - 1));
  const sum = levels.reduce((total, one) => total + one, 0);
  const part = byLevel ? level / sum : 1 / levels.length;
  return Math.max(1, Math.floor(whole * part));
}

/** Shared experience that takes a party from the level below to `level` (2 and up). */
export function partyExperienceToReach(level: number): number {
  return 200 * (level - 1) * level;
}

/** The level of a party that has shared `total` experience, from 1, and what it has shared since that level. */
export function partyLevel(total: number): { readonly level: number; readonly xp: number } {
  let level = 1;
  let xp = total;
  while (level < MAX_LEVEL && xp >= partyExperienceToReach(level + 1)) {
    level += 1;
    xp -= partyExperienceToReach(level);
  }
  return { level, xp };
}
