import { describe, expect, it } from 'vitest';
import { appraisalCost, FULL_LIFE, repairCost, scrapOf } from './formulas-items.ts';

describe('figures of things', () => {
  it('a repair costs a fifth of the price for all of the life, in proportion to what is missing', () => {
    expect(repairCost(1000, 0)).toBe(200);
    expect(repairCost(1000, 500)).toBe(100);
    expect(repairCost(1001, 500)).toBe(101);
  });

  it('a repair costs at least 1, and nothing when nothing is missing', () => {
    expect(repairCost(0, 999)).toBe(1);
    expect(repairCost(1, 0)).toBe(1);
    expect(repairCost(1_000_000, FULL_LIFE)).toBe(0);
    expect(repairCost(1_000_000, FULL_LIFE + 1)).toBe(0);
  });

  it('an appraisal costs 10 and 5 % of the price', () => {
    expect([0, 19, 20, 1000].map(appraisalCost)).toEqual([10, 10, 11, 60]);
  });

  it('a thing is taken apart into 1 to 10 pieces, one more for each full 800 of its price', () => {
    expect([0, 799, 800, 1600, 7199, 7200, 1_000_000].map(scrapOf)).toEqual([1, 1, 2, 3, 9, 10, 10]);
  });
});
