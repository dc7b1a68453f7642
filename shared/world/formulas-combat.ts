/**
 * Every figure of fighting that is computed rather than looked up. Pure; arguments are finite and not negative unless said. `roll` is a number from 0
 * up to, not including, 1.
 */

/** What one brings into a fight. Of a monster these figures are in the world data, of a character they follow from level, stats and things. */
export interface Fighter {
  readonly level: number;
  readonly attack: number;
  readonly defence: number;
  readonly hit: number;
  readonly dodge: number;
  /** Chance of a critical hit, per cent. */
  readonly critical: number;
}

/** What strengthens a weapon's or a body's figures. */
export interface Build {
  readonly level: number;
  readonly str: number;
  readonly dex: number;
  readonly int: number;
  readonly con: number;
  readonly sense: number;
}

/** Attack with bare hands. */
export const FIST_ATTACK = 5;
/** Units that bare hands reach. */
export const FIST_REACH = 180;

/** Attack with a weapon: strength counts near, dexterity from afar. Each step of refinement adds 5 %. */
export function attackOf(build: Build, weapon: number, refine: number, far: boolean): number {
  const arm = far ? build.dex : build.str;
  return Math.round(weapon * (1 + refine * 0.05) + arm * 0.6 + build.level);
}

/** Attack of a skill that needs no weapon: a blow of the mind. */
export function magicOf(build: Build): number {
  return Math.round(8 + build.int * 1.2 + build.level * 1.5);
}

/** Defence with what the worn things give together; `guard` are per cent that effects add. */
export function defenceOf(build: Build, worn: number, guard: number): number {
  return Math.round((worn + build.con * 0.4 + build.level * 0.5) * (1 + guard / 100));
}

export function hitOf(build: Build): number {
  return Math.round(12 + build.dex * 0.8 + build.level * 2);
}

export function dodgeOf(build: Build): number {
  return Math.round(build.dex * 0.5 + build.level * 1.2);
}

/** Per cent: 5 and one for each five points of sense, at most 40. */
export function criticalOf(build: Build): number {
  return Math.min(40, 5 + Math.floor(build.sense / 5));
}

/** Chance that a blow meets: 80 % among equals, one per cent for each point of difference, 20 % to 98 %. */
export function chanceToHit(hit: number, dodge: number): number {
  return Math.min(0.98, Math.max(0.2, 0.8 + (hit - dodge) / 100));
}

/** What a critical hit multiplies damage by. */
const CRITICAL = 1.5;
/** Nothing ever hurts more: the wire's own limit. */
export const MAX_DAMAGE = 99_999_999;

/** A blow: whether it met, how much it hurts. */
export interface Blow {
  readonly damage: number;
  readonly critical: boolean;
  readonly met: boolean;
}

/**
 * Judges one blow. `power` is per cent of an ordinary one. Attack counts against attack and defence together, give or take 10 %; whatever meets hurts
 * by 1 at least.
 */
export function strike(
  attacker: Pick<Fighter, 'attack' | 'hit' | 'critical'>,
  defender: Pick<Fighter, 'defence' | 'dodge'>,
  power: number,
  roll: () => number,
): Blow {
  if (roll() >= chanceToHit(attacker.hit, defender.dodge)) return { damage: 0, critical: false, met: false };
  const critical = roll() * 100 < attacker.critical;
  const spread = 0.9 + roll() * 0.2;
  const { attack } = attacker;
  const share = attack / Math.max(1, attack + defender.defence);
  const raw = attack * share * spread * (power / 100) * (critical ? CRITICAL : 1);
  return { damage: Math.min(MAX_DAMAGE, Math.max(1, Math.round(raw))), critical, met: true };
}

/**
 * Experience for a kill at a player's level: all of it up to 5 levels above the monster, then a tenth less for each level, never less than a tenth.
 */
export function experienceFor(base: number, monsterLevel: number, level: number): number {
  const above = Math.max(0, level - monsterLevel - 5);
  return Math.floor(base * Math.max(0.1, 1 - above * 0.1));
}

/** Experience that dying costs: 2 % of what the next level takes, never more than there is. */
export function deathPenalty(xp: number, toNextLevel: number): number {
  return Number.isFinite(toNextLevel) ? Math.min(xp, Math.floor(toNextLevel * 0.02)) : 0;
}

/** Hp of one who is called back to life: 30 %. */
export function revivedHp(largest: number): number {
  return Math.max(1, Math.floor(largest * 0.3));
}

/** What a healing skill gives back: its own figure and half the intelligence. */
export function healOf(base: number, int: number): number {
  return Math.round(base + int * 0.5);
}

/** Units a second under effects, in per cent added (below 0: taken away); at least 50 for whoever can move. */
export function speedUnder(speed: number, change: number): number {
  return speed === 0 ? 0 : Math.max(50, Math.round(speed * (1 + change / 100)));
}
