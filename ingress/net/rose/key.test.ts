import { describe, expect, it } from 'vitest';
import { COLUMNS, DEFAULT_SEED, DIAGONAL, fixedKey, seededKey } from './key.ts';

const firstEight = (rows: Uint8Array): string => Buffer.from(rows.subarray(0, 8)).toString('hex');

describe('key tables', () => {
  it('start as known for the default seed', () => {
    const key = fixedKey();
    expect(firstEight(key.rows)).toBe('faad3f582c326176');
    expect(key.variant).toBe('rose');
    expect(fixedKey(DEFAULT_SEED).variant).toBe('rose');
  });

  it.each([
    [0, '2f51f29b1cce80a1', 'rose:00000000'],
    [0x12345678, '830934abd3657ef9', 'rose:12345678'],
    [0x87654321, 'e917fb7449fd78b4', 'rose:87654321'],
  ])('start as known for the seeded schedule of %i', (seed, bytes, variant) => {
    const key = seededKey(seed);
    expect(firstEight(key.rows)).toBe(bytes);
    expect(key.variant).toBe(variant);
  });

  it('has names that tell seeds and schedules apart', () => {
    const names = [fixedKey(), fixedKey(1), seededKey(1), seededKey(DEFAULT_SEED), seededKey(0xffffffff)].map(
      (key) => key.variant,
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('lays the diagonals along the walk of a frame', () => {
    const { rows, diagonals } = seededKey(0x12345678);
    for (const [tab, add] of [
      [0, 0],
      [0x100, 4],
      [2047, 15],
      [2040, 1],
    ] as const) {
      const base = ((add - tab) & 15) * DIAGONAL + tab;
      for (let at = 0; at < 2047; at += 1) {
        expect(diagonals[base + at]).toBe(rows[((add + at) % 16) * COLUMNS + ((tab + at) % COLUMNS)]);
      }
    }
  });
});
