/**
 * Every figure of the rules that is computed rather than looked up. Pure; all arguments are finite and not negative.
 * Levels run from 1 to 210, stats from 1 to 300; speeds are units a second (100 units are a metre).
 */

export const MAX_LEVEL = 210;
export const MAX_STAT = 300;

/** Largest hp: 15 a level and 3 a point of constitution. A new character (level 1, con 10) has 81. */
export function maxHp(level: number, con: number): number {
  return 36 + 15 * level + 3 * con;
}

/** Largest mp: 5 a level and 3 a point of intelligence. A new character (level 1, int 10) has 55. */
export function maxMp(level: number, int: number): number {
  return 20 + 5 * level + 3 * int;
}

/** Units a second of everyone who walks. */
export const WALK_SPEED = 200;

/**
 * Units a second of everyone who runs: five times (85 + what the boots add), 0.2 % more for each point of dexterity, at most 1,500.
 * With dexterity 10 and plain shoes 433.
 */
export function runSpeed(dex: number, boots: number): number {
  return Math.min(1500, Math.floor(((85 + boots) * (500 + dex)) / 100));
}

/**
 * Experience that takes one from the level below to `level` (2 and up); it is subtracted when the level is reached. Four stretches, each
 * steeper than the last. Beyond the highest level nothing is enough.
 */
export function experienceToReach(level: number): number {
  const l = level;
  if (l > MAX_LEVEL) return Number.POSITIVE_INFINITY;
  if (l <= 15) return Math.floor((l + 3) * l * (l + 10) * 0.7);
  if (l <= 50) return Math.floor((l - 5) * (l + 2) * (l + 2) * 2.2);
  if (l <= 100) return (l - 5) * (l + 2) * (l - 38) * 9;
  if (l <= 139) return (l + 27) * (l + 34) * (l + 220);
  return (l - 15) * (l + 7) * (l - 126) * 41;
}

/** Stat points for reaching `level`. */
export function statPointsAt(level: number): number {
  return 9 + level - Math.floor((level - 1) / 5);
}

/** Skill points for reaching `level`. */
export function skillPointsAt(level: number): number {
  return Math.floor(level / 2) + 1;
}

/** Points that raising a stat by one costs at its present value. */
export function statCost(value: number): number {
  return Math.floor(value / 5);
}

/** Attack speed in per cent: that of the weapon (80 with bare hands), raised by one for each 10 points of dexterity, 20 to 300. */
export function attackSpeed(weapon: number | undefined, dex: number): number {
  return Math.min(300, Math.max(20, (weapon ?? 80) + Math.floor(dex / 10)));
}

/** Milliseconds from one hit to the next at an attack speed in per cent. */
export function attackInterval(speed: number): number {
  return Math.round(100_000 / speed);
}

/** Share of the largest hp or mp that comes back every 4 seconds: 2 %, sitting four times that. */
export function regenerationShare(sitting: boolean): number {
  return sitting ? 0.08 : 0.02;
}

/** Milliseconds of one step of regeneration. */
export const REGENERATION_STEP = 4000;

/**
 * Hp or mp at `now`, when `value` was true at `since`: whole steps of `REGENERATION_STEP` count, up to `largest`. The dead
 * (0 hp) do not come back by themselves: do not ask for them.
 */
export function regenerated(
  value: number,
  largest: number,
  since: number,
  now: number,
  sitting: boolean,
): number {
  const steps = Math.max(0, Math.floor((now - since) / REGENERATION_STEP));
  return Math.min(largest, value + steps * Math.ceil(largest * regenerationShare(sitting)));
}
