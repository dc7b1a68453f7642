import { describe, expect, it } from 'vitest';
import { levelFits, partyExperienceToReach, partyLevel, shareOf } from './formulas-party.ts';

describe('figures of parties', () => {
  it('levels of members differ by 30 at most', () => {
    expect(levelFits(31, [1, 61])).toBe(true);
    expect(levelFits(32, [1])).toBe(false);
    expect(levelFits(1, [])).toBe(true);
  });

  it('a kill is worth a tenth more for each further member', () => {
    expect(shareOf(100, 5, [5], false)).toBe(100);
    expect(shareOf(100, 5, [5, 50], false)).toBe(55);
    expect(shareOf(100, 10, [10, 30], true)).toBe(27);
    expect(shareOf(100, 30, [10, 30], true)).toBe(82);
    expect(shareOf(1, 1, [1, 1, 1, 1, 1, 1, 1], false)).toBe(1);
    expect(shareOf(0, 1, [1, 1], false)).toBe(0);
  });

  it('levels of a party follow from what it has shared', () => {
    expect(partyLevel(0)).toEqual({ level: 1, xp: 0 });
    expect(partyLevel(partyExperienceToReach(2) - 1)).toEqual({ level: 1, xp: 399 });
    expect(partyLevel(partyExperienceToReach(2))).toEqual({ level: 2, xp: 0 });
    expect(partyLevel(400 + 1200 + 5)).toEqual({ level: 3, xp: 5 });
    expect(partyLevel(1e12)).toMatchObject({ level: 210 });
  });
});
