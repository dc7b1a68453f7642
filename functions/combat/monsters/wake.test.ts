import { describe, expect, it } from 'vitest';
import type { MonstersSection } from '../../../shared/sections/index.ts';
import { LINGER, UNHEARD, wakeAt } from './wake.ts';

const NOW = 1_800_000_000_000;
const at = (section: object, respawns?: Record<string, number>): number => {
  const monsters = { mobs: {}, players: {}, ...section } as MonstersSection;
  const change = wakeAt(monsters, respawns && ({ respawns } as Parameters<typeof wakeAt>[1]), NOW);
  return 'at' in change ? change.at : Number.NaN;
};
const mob = (actAt: number, ...effects: object[]) => ({ actAt, effects });

describe('a region wakes', () => {
  it('for whatever comes first', () => {
    const players = { p: { heardAt: NOW } };
    const mobs = { 1: mob(NOW + 9_000), 2: mob(NOW + 8_000) };
    expect(at({ players })).toBe(NOW + UNHEARD);
    expect(at({ players, mobs })).toBe(NOW + 8_000);
    expect(at({ players, mobs }, { 7: NOW + 7_000 })).toBe(NOW + 7_000);
    const bitten = { ...mobs, 3: mob(NOW + 9_000, { next: NOW + 500, until: NOW + 6_000 }) };
    expect(at({ players, mobs: bitten })).toBe(NOW + 500);
    const slowed = { ...mobs, 3: mob(NOW + 9_000, { until: NOW + 6_000 }) };
    expect(at({ players, mobs: slowed })).toBe(NOW + 6_000);
    expect(at({ quietSince: NOW })).toBe(NOW + LINGER);
    expect(at({})).toBe(NOW + UNHEARD);
  });

  it('never at once, so that acts that are due together are done together', () => {
    for (const due of [NOW - 60_000, NOW, NOW + 1]) {
      expect(at({ mobs: { 1: mob(due), 2: mob(NOW + 10) } })).toBeGreaterThan(NOW + 10);
    }
  });
});
