import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attackOf,
  type Build,
  chanceToHit,
  criticalOf,
  deathPenalty,
  defenceOf,
  dodgeOf,
  experienceFor,
  healOf,
  hitOf,
  magicOf,
  revivedHp,
  speedUnder,
  strike,
} from './formulas-combat.ts';

const NEW: Build = { level: 1, str: 10, dex: 10, int: 10, con: 10, sense: 10 };
const rolls = (...values: number[]) => {
  let n = 0;
  return () => values[n++] ?? 0.5;
};

describe('formulas of fighting', () => {
  it('a beginner with the first sword', () => {
    expect(attackOf(NEW, 12, 0, false)).toBe(19);
    expect(attackOf(NEW, 12, 2, false)).toBe(20);
    expect(defenceOf(NEW, 8, 0)).toBe(13);
    expect(defenceOf(NEW, 8, 30)).toBe(16);
    expect(criticalOf(NEW)).toBe(7);
    expect(magicOf(NEW)).toBe(22);
    expect(healOf(40, 10)).toBe(45);
    expect(hitOf(NEW)).toBe(22);
    expect(dodgeOf(NEW)).toBe(6);
  });

  it('strength counts near, dexterity from afar', () => {
    const strong = { ...NEW, str: 60 };
    expect(attackOf(strong, 12, 0, false)).toBeGreaterThan(attackOf(NEW, 12, 0, false));
    expect(attackOf(strong, 12, 0, true)).toBe(attackOf(NEW, 12, 0, true));
  });

  it('dexterity and level make one meet more, and be met less', () => {
    const quick = { ...NEW, level: 20, dex: 51 };
    expect(hitOf(quick)).toBe(93);
    expect(dodgeOf(quick)).toBe(50);
  });

  it('a blow meets with 80 % among equals, never for certain, and never in vain for certain', () => {
    expect(chanceToHit(50, 50)).toBeCloseTo(0.8);
    expect(chanceToHit(50, 80)).toBeCloseTo(0.5, 9);
    expect(chanceToHit(500, 0)).toBe(0.98);
    expect(chanceToHit(0, 500)).toBe(0.2);
    const attacker = { attack: 20, hit: 50, critical: 10 };
    expect(strike(attacker, { defence: 5, dodge: 50 }, 100, rolls(0.8))).toEqual({
      damage: 0,
      critical: false,
      met: false,
    });
    expect(strike(attacker, { defence: 5, dodge: 50 }, 100, rolls(0.79, 0.5, 0.5))).toEqual({
      damage: 16,
      critical: false,
      met: true,
    });
    expect(strike(attacker, { defence: 5, dodge: 50 }, 100, rolls(0, 0.09, 0.5))).toEqual({
      damage: 24,
      critical: true,
      met: true,
    });
    expect(strike(attacker, { defence: 5, dodge: 50 }, 150, rolls(0, 0.5, 0.5)).damage).toBe(24);
  });

  it('who has no chance of a critical hit never has one', () => {
    expect(
      strike({ attack: 20, hit: 50, critical: 0 }, { defence: 5, dodge: 50 }, 100, rolls(0, 0)).critical,
    ).toBe(false);
  });

  it('whatever meets hurts by 1 to 99,999,999, and never less for more attack', () => {
    const figure = fc.integer({ min: 0, max: 1_000_000 });
    const dice = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(figure, figure, fc.integer({ min: 1, max: 1000 }), dice, (attack, defence, power, roll) => {
        const at = (a: number) =>
          strike({ attack: a, hit: 100, critical: 0 }, { defence, dodge: 0 }, power, rolls(0, 1, roll))
            .damage;
        expect(at(attack)).toBeGreaterThanOrEqual(1);
        expect(at(attack)).toBeLessThanOrEqual(99_999_999);
        expect(at(attack + 1)).toBeGreaterThanOrEqual(at(attack));
      }),
    );
  });

  it('kills far below one bring less, but never nothing', () => {
    expect(experienceFor(100, 10, 1)).toBe(100);
    expect(experienceFor(100, 10, 15)).toBe(100);
    expect(experienceFor(100, 10, 18)).toBe(70);
    expect(experienceFor(100, 10, 200)).toBe(10);
  });

  it('dying costs 2 % of the next level, but no level', () => {
    expect(deathPenalty(1000, 1820)).toBe(36);
    expect(deathPenalty(5, 1820)).toBe(5);
    expect(deathPenalty(1000, Number.POSITIVE_INFINITY)).toBe(0);
  });

  it('who comes back has 30 % of its hp, at least one', () => {
    expect(revivedHp(81)).toBe(24);
    expect(revivedHp(2)).toBe(1);
  });

  it('effects change speed in per cent; nobody who moves is stopped by them', () => {
    expect(speedUnder(433, 25)).toBe(541);
    expect(speedUnder(433, -40)).toBe(260);
    expect(speedUnder(433, -100)).toBe(50);
    expect(speedUnder(0, 25)).toBe(0);
  });
});
