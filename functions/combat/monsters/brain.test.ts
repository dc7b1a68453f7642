import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mob, NearPlayer } from '../../../shared/sections/index.ts';
import { contains, distance } from '../../../shared/world/geometry/point.ts';
import { world } from '../../../shared/world/world.ts';
import { act, type Surroundings } from './brain.ts';
import { hereIs } from './here.ts';
import { CORPSE, hurt } from './hurt.ts';
import { wakeAt } from './wake.ts';

const NOW = 1_800_000_000_000;
const half = () => 0.5;
/** The Brush Boar: attacks unasked within 700 units, gives up 3,000 from home, runs 400 units a second, reaches 200. */
const SPAWN = world.spawns.findIndex(({ monster }) => monster === 3);

function around(...players: readonly NearPlayer[]): Surroundings {
  const spawn = world.spawns[SPAWN];
  const kind = world.monsters.get(3);
  const area = world.maps.get(22)?.area;
  if (spawn === undefined || kind === undefined || area === undefined) throw new Error('no boar');
  return { spawn, kind, area, players: Object.fromEntries(players.map((one) => [one.objectId, one])) };
}

const HOME = { x: 516_000, y: 522_000 };

const boar = (over: Partial<Mob> = {}): Mob => ({
  spawn: SPAWN,
  slot: 0,
  kind: 3,
  objectId: 1500,
  home: HOME,
  ...HOME,
  speed: 140,
  start: NOW,
  hp: 160,
  mode: 'idle',
  target: 0,
  actAt: NOW,
  nextHit: 0,
  wanderAt: NOW + 5000,
  grudges: {},
  effects: [],
  ...over,
});

const player = (x: number, over: Partial<NearPlayer> = {}): NearPlayer => ({
  objectId: 2000,
  characterId: 'c1',
  x: HOME.x + x,
  y: HOME.y,
  speed: 433,
  start: NOW,
  alive: true,
  heardAt: NOW,
  ...over,
});

describe('a monster', () => {
  it('strolls about its home when its time has come, and looks around meanwhile', () => {
    const waiting = act(boar(), around(), NOW, half);
    expect(waiting.deed.kind).toBe('stay');
    expect(waiting.mob.actAt).toBe(NOW + 1000);
    const strolling = act(boar({ wanderAt: NOW }), around(), NOW, half);
    expect(strolling.deed.kind).toBe('walk');
    expect(strolling.mob.speed).toBe(140);
    expect(strolling.mob.wanderAt).toBe(NOW + 9000);
  });

  it('goes for a living player whom it sees, and for no other', () => {
    const seen = act(boar(), around(player(690)), NOW, half);
    expect(seen.mob).toMatchObject({ mode: 'chase', target: 2000, speed: 400 });
    expect(seen.deed.kind).toBe('run');
    expect(act(boar(), around(player(710)), NOW, half).mob.mode).toBe('idle');
    expect(act(boar(), around(player(100, { alive: false })), NOW, half).mob.mode).toBe('idle');
  });

  it('hits within its reach, at its attack speed', () => {
    const hit = act(boar({ mode: 'chase', target: 2000 }), around(player(150)), NOW, half);
    expect(hit.deed).toMatchObject({ kind: 'hit', victim: { objectId: 2000 } });
    expect(hit.mob.nextHit).toBe(NOW + 1250);
    const again = act(hit.mob, around(player(150)), NOW + 100, half);
    expect(again.deed.kind).toBe('stay');
    expect(again.mob.actAt).toBe(NOW + 1250);
  });

  it('follows where its victim goes', () => {
    const running = player(150, { to: { x: HOME.x + 2000, y: HOME.y } });
    const chasing = act(boar({ mode: 'chase', target: 2000 }), around(running), NOW + 2000, half);
    expect(chasing.deed.kind).toBe('run');
    expect(chasing.mob.to?.x).toBeCloseTo(HOME.x + 150 + 866 - 140, 0);
  });

  it('gives up too far from home, goes back and is well again', () => {
    const far = boar({ mode: 'chase', target: 2000, x: HOME.x + 3001, hp: 10, grudges: {} });
    const away = act(far, around(player(3100)), NOW, half);
    expect(away.mob).toMatchObject({ mode: 'return', target: 0, to: HOME, grudges: {} });
    const home = act(away.mob, around(), away.mob.actAt, half);
    expect(home.deed.kind).toBe('home');
    expect(home.mob).toMatchObject({ mode: 'idle', hp: 160, ...HOME });
  });

  it('turns to whoever hurt it most when its victim is gone or dead', () => {
    const grudge = (damage: number) => ({ characterId: 'c', level: 1, damage });
    const hunted = boar({ mode: 'chase', target: 2000, grudges: { 2001: grudge(5), 2002: grudge(9) } });
    const others = around(
      player(50, { alive: false }),
      player(100, { objectId: 2001 }),
      player(120, { objectId: 2002 }),
    );
    expect(act(hunted, others, NOW, half).deed).toMatchObject({ kind: 'hit', victim: { objectId: 2002 } });
    expect(act(hunted, around(), NOW, half).mob.mode).toBe('return');
  });

  it('does nothing while stunned, and is slower when slowed', () => {
    const stun = { status: 'stun', amount: 100, until: NOW + 900, by: 1 } as const;
    const still = act(boar({ mode: 'chase', target: 2000, effects: [stun] }), around(player(100)), NOW, half);
    expect(still.deed.kind).toBe('stay');
    expect(still.mob.actAt).toBe(NOW + 900);
    const slow = { status: 'slow', amount: 40, until: NOW + 900, by: 1 } as const;
    const lame = act(boar({ mode: 'chase', target: 2000, effects: [slow] }), around(player(600)), NOW, half);
    expect(lame.mob.speed).toBe(240);
  });

  it('never leaves its map, never stands still for ever, whatever players do', () => {
    const spot = fc.integer({ min: -4000, max: 4000 });
    const plan = fc.array(
      fc.record({ x: spot, alive: fc.boolean(), ms: fc.integer({ min: 1, max: 3000 }) }),
      {
        minLength: 1,
        maxLength: 60,
        size: 'max',
      },
    );
    fc.assert(
      fc.property(plan, fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), (steps, dice) => {
        const roll = () => dice.next().value as number;
        let mob = boar();
        let now = NOW;
        for (const { x, alive, ms } of steps) {
          now = Math.max(now + ms, mob.actAt);
          const world = around(player(x, { alive, start: now }));
          const after = act(mob, world, now, roll).mob;
          expect(after.actAt).toBeGreaterThan(now);
          expect(contains(world.area, hereIs(after, now))).toBe(true);
          if (after.mode === 'idle') expect(distance(hereIs(after, now), HOME)).toBeLessThan(12_000);
          mob = after;
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a monster that is hurt', () => {
  const culprit = { by: 2000, byId: 'c1', level: 4, partyId: null };

  it('turns on whoever hurt it, and remembers what it cost', () => {
    const { mob, dead } = hurt(boar(), culprit, 30, NOW);
    expect(dead).toBe(false);
    expect(mob).toMatchObject({ hp: 130, mode: 'chase', target: 2000, actAt: NOW });
    const second = hurt(mob, { ...culprit, by: 2001, byId: 'c2', partyId: 'p' }, 20, NOW).mob;
    expect(second).toMatchObject({ target: 2000, hp: 110 });
    expect(second.grudges).toEqual({
      2000: { characterId: 'c1', level: 4, damage: 30 },
      2001: { characterId: 'c2', level: 4, damage: 20, partyId: 'p' },
    });
  });

  it('dies once, of no more than it had', () => {
    const { mob, dead } = hurt(boar({ hp: 7 }), culprit, 99_999_999, NOW);
    expect(dead).toBe(true);
    expect(mob).toMatchObject({ hp: 0, mode: 'dead', actAt: NOW + CORPSE });
    expect(mob.grudges[2000]?.damage).toBe(7);
  });
});

it('a region wakes for whatever comes first, and never at once again', () => {
  const section = { mobs: { 1: boar({ actAt: NOW + 500 }) }, players: {} };
  expect(wakeAt(section, undefined, NOW)).toMatchObject({ at: NOW + 500 });
  expect(wakeAt(section, { respawns: { '0/0': NOW + 100 } }, NOW)).toMatchObject({ at: NOW + 100 });
  expect(wakeAt(section, { respawns: { '0/0': NOW - 100 } }, NOW)).toMatchObject({ at: NOW + 40 });
  expect(wakeAt({ ...section, quietSince: NOW - 19_800 }, undefined, NOW)).toMatchObject({ at: NOW + 200 });
});
