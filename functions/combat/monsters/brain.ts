import type { Point } from '../../../shared/contract/index.ts';
import type { Mob, NearPlayer } from '../../../shared/sections/index.ts';
import { amountOf } from '../../../shared/world/fighters.ts';
import { attackInterval } from '../../../shared/world/formulas.ts';
import { speedUnder } from '../../../shared/world/formulas-combat.ts';
import { clamp, distance, scatter } from '../../../shared/world/geometry/point.ts';
import { arrivalOf } from '../../../shared/world/geometry/walk.ts';
import type { Area } from '../../../shared/world/schema/maps.ts';
import type { MonsterData, SpawnData } from '../../../shared/world/schema/monsters.ts';
import { hereIs } from './here.ts';

/** What a monster knows of the world around it. */
export interface Surroundings {
  readonly kind: MonsterData;
  readonly spawn: SpawnData;
  readonly area: Area;
  readonly players: Readonly<Record<string, NearPlayer>>;
}

/**
 * What it did: `stay` nothing that anyone sees, `walk` and `run` it set out, `stop` it stands still now, `hit` it struck at `victim`; `home` it is back and
 * well again.
 */
export type Deed =
  | { readonly kind: 'stay' | 'walk' | 'run' | 'stop' | 'home' }
  | { readonly kind: 'hit'; readonly victim: NearPlayer };

export interface Act {
  readonly mob: Mob;
  readonly deed: Deed;
}

/** Milliseconds between two looks around of one that attacks unasked. */
const LOOK = 1000;
/** Milliseconds between two looks at where the chased one is. */
const CHASE = 500;
/** Least and most milliseconds between two strolls. */
const STROLL = { least: 4000, most: 14_000 };
/** Least milliseconds between two acts. */
const SOON = 50;
/** Units of a stroll at most. */
const STROLL_FAR = 1200;
/** Share of its reach at which a monster stops before its victim. */
const CLOSE = 0.7;
/** Units that the chased one must have moved before the way is changed. */
const NUDGE = 80;

/** One act of a monster that is due. `roll` gives numbers from 0 up to, not including, 1. */
export function act(mob: Mob, around: Surroundings, now: number, roll: () => number): Act {
  const stunned = mob.effects.find(({ status, until }) => status === 'stun' && until > now);
  if (stunned !== undefined) return halted({ ...mob, actAt: stunned.until }, now);
  switch (mob.mode) {
    case 'idle':
      return idle(mob, around, now, roll);
    case 'chase':
      return chase(mob, around, now);
    case 'return':
      return goHome(mob, around, now, roll);
    case 'dead':
      return { mob, deed: { kind: 'stay' } };
  }
}

/** When it strolls next. */
export function strollTime(now: number, roll: () => number): number {
  return now + STROLL.least + Math.floor(roll() * (STROLL.most - STROLL.least));
}

function idle(mob: Mob, around: Surroundings, now: number, roll: () => number): Act {
  const victim = preyOf(mob, around, now);
  if (victim !== undefined) return chase({ ...mob, mode: 'chase', target: victim.objectId }, around, now);
  if (mob.wanderAt > now)
    return { mob: { ...mob, actAt: idleUntil(mob, around, now) }, deed: { kind: 'stay' } };
  const at = hereIs(mob, now);
  const goal = clamp(around.area, scatter(around.spawn, around.spawn.radius, roll));
  const far = distance(at, goal);
  const share = far <= STROLL_FAR ? 1 : STROLL_FAR / far;
  const to = { x: at.x + (goal.x - at.x) * share, y: at.y + (goal.y - at.y) * share };
  const wanderAt = strollTime(now, roll);
  const walking = setOut({ ...mob, wanderAt }, to, around.kind.walkSpeed, now);
  return { mob: { ...walking, actAt: idleUntil(walking, around, now) }, deed: { kind: 'walk' } };
}

function idleUntil(mob: Mob, { kind }: Surroundings, now: number): number {
  return kind.sight > 0 ? Math.min(mob.wanderAt, now + LOOK) : mob.wanderAt;
}

/** The nearest living player whom an aggressive monster sees, not too far from its home. */
function preyOf(mob: Mob, { kind, players }: Surroundings, now: number): NearPlayer | undefined {
  if (kind.sight === 0) return undefined;
  const at = hereIs(mob, now);
  let prey: NearPlayer | undefined;
  let nearest = kind.sight;
  for (const player of Object.values(players)) {
    const there = hereIs(player, now);
    const far = distance(at, there);
    if (!player.alive || far > nearest || distance(mob.home, there) > kind.leash) continue;
    prey = player;
    nearest = far;
  }
  return prey;
}

function chase(mob: Mob, around: Surroundings, now: number): Act {
  const { kind, players } = around;
  const victim = victimOf(mob, players);
  const at = hereIs(mob, now);
  if (victim === undefined || distance(at, mob.home) > kind.leash) return giveUp(mob, around, now);
  const there = hereIs(victim, now);
  const hunting: Mob = { ...mob, target: victim.objectId };
  const far = distance(at, there);
  if (far <= kind.range) return attack(hunting, kind, victim, at, now);
  const share = Math.max(0, far - kind.range * CLOSE) / far;
  const to = { x: at.x + (there.x - at.x) * share, y: at.y + (there.y - at.y) * share };
  const going = hunting.to !== undefined && distance(hunting.to, to) < NUDGE;
  const running = going ? hunting : setOut(hunting, to, kind.runSpeed, now);
  const actAt = Math.max(now + SOON, Math.min(arrival(running), now + CHASE));
  return { mob: { ...running, actAt }, deed: { kind: going ? 'stay' : 'run' } };
}

function attack(mob: Mob, kind: MonsterData, victim: NearPlayer, at: Point, now: number): Act {
  const standing = restingAt(mob, at, now);
  if (mob.nextHit > now) {
    const deed = { kind: mob.to === undefined ? 'stay' : 'stop' } as const;
    return { mob: { ...standing, actAt: mob.nextHit }, deed };
  }
  const nextHit = now + attackInterval(kind.attackSpeed);
  return { mob: { ...standing, nextHit, actAt: nextHit }, deed: { kind: 'hit', victim } };
}

/** Whom it is after: its target while that lives and is near, else whoever has hurt it most. */
function victimOf(mob: Mob, players: Readonly<Record<string, NearPlayer>>): NearPlayer | undefined {
  const present = players[mob.target];
  if (present?.alive === true) return present;
  const grudges = Object.entries(mob.grudges).sort(([, a], [, b]) => b.damage - a.damage);
  for (const [objectId] of grudges) {
    const player = players[objectId];
    if (player?.alive === true) return player;
  }
  return undefined;
}

function giveUp(mob: Mob, around: Surroundings, now: number): Act {
  const away: Mob = { ...mob, mode: 'return', target: 0, grudges: {} };
  const going = setOut(away, mob.home, around.kind.runSpeed, now);
  return { mob: { ...going, actAt: Math.max(now + SOON, arrival(going)) }, deed: { kind: 'run' } };
}

function goHome(mob: Mob, around: Surroundings, now: number, roll: () => number): Act {
  const left = arrival(mob);
  if (left > now) return { mob: { ...mob, actAt: left }, deed: { kind: 'stay' } };
  const home = restingAt(mob, hereIs(mob, now), now);
  const well: Mob = {
    ...home,
    mode: 'idle',
    hp: around.kind.hp,
    effects: [],
    wanderAt: strollTime(now, roll),
  };
  return { mob: { ...well, actAt: idleUntil(well, around, now) }, deed: { kind: 'home' } };
}

function halted(mob: Mob, now: number): Act {
  return {
    mob: restingAt(mob, hereIs(mob, now), now),
    deed: { kind: mob.to === undefined ? 'stay' : 'stop' },
  };
}

/** On the way to a point from where it is, at a speed that effects change. */
function setOut(mob: Mob, to: Point, speed: number, now: number): Mob {
  const at = hereIs(mob, now);
  const under = speedUnder(speed, -amountOf(mob.effects, 'slow'));
  return { ...restingAt(mob, at, now), to, speed: under };
}

/** At rest at a point. */
export function restingAt(mob: Mob, at: Point, now: number): Mob {
  const { to: _to, ...rest } = mob;
  return { ...rest, x: at.x, y: at.y, start: now };
}

function arrival({ x, y, to, speed, start }: Mob): number {
  return to === undefined ? start : arrivalOf({ from: { x, y }, to, speed, start });
}
