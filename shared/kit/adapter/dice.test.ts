import { describe, expect, it } from 'vitest';
import { rollDice } from './dice.ts';

const rolls = (seed: number, seq: number, below = 1000): number[] => {
  const dice = rollDice(seed, seq);
  return Array.from({ length: 20 }, () => dice.int(below));
};

describe('dice', () => {
  it('roll the same for the same seed and message', () => {
    expect(rolls(7, 3)).toEqual(rolls(7, 3));
    // Frozen figures: a change of the generator would change what a recorded turn did.
    expect(rolls(1, 1, 100).slice(0, 6)).toEqual([8, 82, 15, 27, 18, 22]);
  });

  it('have a stream of their own for each seed and each message', () => {
    const streams = [rolls(7, 3), rolls(7, 4), rolls(8, 3), rolls(0, 0), rolls(0xffff_ffff, 1)];
    expect(new Set(streams.map(String)).size).toBe(streams.length);
  });

  it('treat all sides alike', () => {
    const dice = rollDice(42, 1);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i += 1) {
      const side = dice.int(6);
      counts[side] = (counts[side] ?? 0) + 1;
    }
    const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(20.5); // 5 degrees of freedom, p = 0.001
  });

  it('give fractions from 0 up to 1', () => {
    const dice = rollDice(42, 2);
    const values = Array.from({ length: 20_000 }, () => dice.float());
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(values.reduce((a, b) => a + b) / values.length).toBeCloseTo(0.5, 1);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])('have no %s sides', (below) => {
    expect(() => rollDice(1, 1).int(below)).toThrow(RangeError);
  });

  it('have 2^32 sides at most', () => {
    expect(rollDice(1, 1).int(2 ** 32)).toBeLessThan(2 ** 32);
  });
});
