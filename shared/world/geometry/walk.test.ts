import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance } from './point.ts';
import { arrivalOf, pointAt, type Walk } from './walk.ts';

const coordinate = fc.double({ min: 480_000, max: 560_000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const walks: fc.Arbitrary<Walk> = fc.record({
  from: point,
  to: point,
  speed: fc.integer({ min: 1, max: 1500 }),
  start: fc.integer({ min: 0, max: 2_000_000_000_000 }),
});
const times = fc.integer({ min: -10_000, max: 200_000_000 });

describe('a walk', () => {
  it('never overshoots: nobody is further from the start than time allows, nor further than the destination', () => {
    fc.assert(
      fc.property(walks, times, (walk, elapsed) => {
        const at = pointAt(walk, walk.start + elapsed);
        const far = distance(walk.from, at);
        expect(far).toBeLessThanOrEqual((Math.max(0, elapsed) / 1000) * walk.speed + 1e-6);
        expect(far).toBeLessThanOrEqual(distance(walk.from, walk.to) + 1e-6);
      }),
    );
  });

  it('stays on the straight line between its ends', () => {
    fc.assert(
      fc.property(walks, times, (walk, elapsed) => {
        const at = pointAt(walk, walk.start + elapsed);
        const detour = distance(walk.from, at) + distance(at, walk.to) - distance(walk.from, walk.to);
        expect(Math.abs(detour)).toBeLessThan(1e-6);
      }),
    );
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(walks, times, times, (walk, one, other) => {
        const early = pointAt(walk, walk.start + Math.min(one, other));
        const late = pointAt(walk, walk.start + Math.max(one, other));
        expect(distance(walk.from, late)).toBeGreaterThanOrEqual(distance(walk.from, early) - 1e-6);
      }),
    );
  });

  it('is exactly at its end from the arrival on, and not a millisecond before the time it takes', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const end = arrivalOf(walk);
        expect(pointAt(walk, end)).toEqual(walk.to);
        expect(((end - walk.start) / 1000) * walk.speed).toBeGreaterThanOrEqual(
          distance(walk.from, walk.to) - 1e-3,
        );
        expect(((end - 1 - walk.start) / 1000) * walk.speed).toBeLessThan(
          distance(walk.from, walk.to) + 1e-3,
        );
      }),
    );
  });

  it('of no length is over at once', () => {
    const here = { x: 520_000, y: 520_000 };
    const walk = { from: here, to: here, speed: 433, start: 5 };
    expect(arrivalOf(walk)).toBe(5);
    expect(pointAt(walk, 4)).toEqual(here);
    expect(pointAt(walk, 5)).toEqual(here);
  });
});
