import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clamp, contains, distance, scatter } from './point.ts';

const area = { left: 480_000, bottom: 480_000, right: 560_000, top: 560_000 };
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it('an area ends before its right and top', () => {
  expect(contains(area, { x: 480_000, y: 559_999.9 })).toBe(true);
  expect(contains(area, { x: 560_000, y: 500_000 })).toBe(false);
  expect(contains(area, { x: 500_000, y: 560_000 })).toBe(false);
  expect(contains(area, { x: 500_000, y: 479_999.9 })).toBe(false);
  expect(contains(area, { x: Number.NaN, y: 500_000 })).toBe(false);
});

it('a clamped point belongs to the area, and one that did already stays', () => {
  const anywhere = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(anywhere, anywhere, (x, y) => {
      expect(contains(area, clamp(area, { x, y }))).toBe(true);
    }),
  );
  expect(clamp(area, { x: 520_000.5, y: 481_000 })).toEqual({ x: 520_000.5, y: 481_000 });
});

it('a scattered point is within its radius', () => {
  fc.assert(
    fc.property(share, share, (angle, far) => {
      const rolls = [angle, far];
      const centre = { x: 520_000, y: 520_000 };
      const at = scatter(centre, 150, () => rolls.shift() ?? 0);
      expect(distance(centre, at)).toBeLessThanOrEqual(150 + 1e-6);
    }),
  );
});

it('scattered points lie all around, and half of them further out than 0.7 of the radius', () => {
  const at = (angle: number, far: number) => {
    const rolls = [angle, far];
    const { x, y } = scatter({ x: 0, y: 0 }, 100, () => rolls.shift() ?? 0);
    return `${Math.round(x)},${Math.round(y)}`.replaceAll('-0', '0');
  };
  const around = [0, 0.25, 0.5, 0.75].map((angle) => at(angle, 0.25));
  expect(around.sort()).toEqual(['-50,0', '0,-50', '0,50', '50,0']);
  expect(at(0, 0.5)).toMatch(/^-?71,0$/);
});
