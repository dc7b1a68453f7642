import { expect, it } from 'vitest';
import { usableGate } from './gates.ts';
import { world } from './world.ts';

it('a gate is used from within 20 m on its own map', () => {
  expect(usableGate(world, 1, 20, { x: 520_000, y: 525_000 })).toMatchObject({
    gate: { id: 1, to: { map: 22 } },
  });
  expect(usableGate(world, 1, 20, { x: 520_000, y: 524_999 })).toEqual({ refused: 'too_far' });
  expect(usableGate(world, 1, 22, { x: 520_000, y: 527_000 })).toEqual({ refused: 'unknown_gate' });
  expect(usableGate(world, 99, 20, { x: 520_000, y: 527_000 })).toEqual({ refused: 'unknown_gate' });
});

it('nobody who arrives through a gate stands within reach of one that leads straight back', () => {
  for (const { to } of world.gates.values()) {
    const back = [...world.gates.values()].filter(({ id }) => 'gate' in usableGate(world, id, to.map, to));
    expect(back.map(({ id }) => id)).toEqual([]);
  }
});
