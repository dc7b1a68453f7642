import { expect, it } from 'vitest';
import { DamageAction } from '../../shared/protocol/packets.generated.ts';
import type { Strike } from './facts.ts';
import { damagePackets } from './suffer.ts';

const effect = { status: 'poison', amount: 7, duration: 5_000 } as const;
const strike = (over: Partial<Strike>): Strike => ({
  by: 2002,
  byId: 'you',
  connection: 'c',
  x: 0,
  y: 0,
  reach: 200,
  skill: 0,
  level: 1,
  attack: 1,
  hit: 1,
  critical: 0,
  power: 100,
  effect: null,
  partyId: null,
  ...over,
});
const blow = { damage: 5, critical: false, met: true };
const { HIT, DEAD, CRITICAL } = DamageAction;

it.each([
  ['met', blow, false, HIT],
  ['met hard', { ...blow, critical: true }, false, HIT | CRITICAL],
  ['missed', { damage: 0, critical: false, met: false }, false, 0],
  ['killed', blow, true, DEAD],
] as const)('a blow that %s is told as such', (_what, judged, killed, action) => {
  expect(damagePackets(strike({}), 2001, judged, killed)).toMatchObject([
    { name: 'SRV_DAMAGE', payload: { attackerId: 2002, defenderId: 2001, damage: judged.damage, action } },
  ]);
});

it.each([
  ['leaves its effect', effect, blow, false, 1, 7],
  ['leaves none where it missed', effect, { ...blow, damage: 0, met: false }, false, 0, 7],
  ['leaves none on the dead', effect, blow, true, 0, 7],
  ['has none', null, blow, false, 0, 0],
] as const)('a skill %s', (_what, left, judged, killed, state, amount) => {
  expect(damagePackets(strike({ skill: 3, effect: left }), 2001, judged, killed)).toMatchObject([
    { name: 'SRV_SKILL_DAMAGE', payload: { id: 3, source: 2002, target: 2001, state, amount } },
  ]);
});
