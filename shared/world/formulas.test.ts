import { describe, expect, it } from 'vitest';
import {
  attackInterval,
  attackSpeed,
  experienceToReach,
  MAX_LEVEL,
  maxHp,
  maxMp,
  regenerated,
  runSpeed,
  skillPointsAt,
  statCost,
  statPointsAt,
} from './formulas.ts';

const LEVELS = Array.from({ length: MAX_LEVEL }, (_, n) => n + 1);

describe('formulas', () => {
  it('a new character has 81 hp and 55 mp', () => {
    expect(maxHp(1, 10)).toBe(81);
    expect(maxMp(1, 10)).toBe(55);
    expect(maxHp(2, 11)).toBe(99);
    expect(maxMp(2, 11)).toBe(63);
  });

  it('running grows with dexterity and boots up to a bound', () => {
    expect(runSpeed(10, 0)).toBe(433);
    expect(runSpeed(10, 12)).toBe(494);
    expect(runSpeed(300, 0)).toBe(680);
    expect(runSpeed(300, 1000)).toBe(1500);
  });

  it.each([
    [2, 84],
    [15, 4725],
    [16, 7840],
    [50, 267_696],
    [51, 285_246],
    [100, 5_407_020],
    [101, 5_546_880],
    [139, 10_309_762],
    [140, 10_547_250],
    [210, 145732860],
  ])('experience to reach level %i is %i', (level, experience) => {
    expect(experienceToReach(level)).toBe(experience);
  });

  it('experience never shrinks from level to level, and the highest is the end', () => {
    for (const level of LEVELS.slice(2)) {
      expect(experienceToReach(level)).toBeGreaterThan(experienceToReach(level - 1));
    }
    expect(experienceToReach(MAX_LEVEL + 1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('points for a level', () => {
    expect([2, 6, 7, 100].map(statPointsAt)).toEqual([11, 14, 15, 90]);
    expect([2, 3, 100].map(skillPointsAt)).toEqual([2, 2, 51]);
    expect([10, 14, 15, 299].map(statCost)).toEqual([2, 2, 3, 59]);
  });

  it('attack speed stays within its bounds, and decides the pause between hits', () => {
    expect(attackSpeed(100, 10)).toBe(101);
    expect(attackSpeed(undefined, 9)).toBe(80);
    expect(attackSpeed(400, 300)).toBe(300);
    expect(attackSpeed(10, 0)).toBe(20);
    expect(attackInterval(100)).toBe(1000);
    expect([80, 60, 70].map(attackInterval)).toEqual([1250, 1667, 1429]);
  });

  it('hp come back in whole steps of 4 seconds, four times as fast sitting, up to the largest', () => {
    expect(regenerated(10, 81, 0, 3999, false)).toBe(10);
    expect(regenerated(10, 81, 0, 4000, false)).toBe(12);
    expect(regenerated(10, 81, 0, 8000, true)).toBe(24);
    expect(regenerated(80, 81, 0, 400_000, false)).toBe(81);
    expect(regenerated(50, 81, 9000, 0, false)).toBe(50);
  });
});
