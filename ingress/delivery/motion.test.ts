import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionOf, positionOn, presenceAt, squaredDistance } from './motion.ts';
import { place } from './testing/stage.ts';

const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const walk = fc.record({
  from: point,
  to: point,
  speed: fc.double({ min: 0.1, max: 5_000, noNaN: true }),
  start: fc.integer({ min: 0, max: 2_000_000_000_000 }),
  fields: fc.constant({ x: 'x', y: 'y' }),
});

describe('the position of the moment', () => {
  it('begins where the walk begins, ends where it ends, and goes at its speed between', () => {
    const motion = {
      from: { x: 0, y: 0 },
      to: { x: 300, y: 400 },
      speed: 100,
      start: 1_000,
      fields: { x: 'x', y: 'y' },
    };
    expect(positionOn(motion, 0)).toEqual({ x: 0, y: 0 });
    expect(positionOn(motion, 1_000)).toEqual({ x: 0, y: 0 });
    expect(positionOn(motion, 3_500)).toEqual({ x: 150, y: 200 });
    expect(positionOn(motion, 6_000)).toEqual({ x: 300, y: 400 });
    expect(positionOn(motion, 1e12)).toEqual({ x: 300, y: 400 });
  });

  it('is on the way, never beyond, and never goes back', () => {
    fc.assert(
      fc.property(walk, fc.nat(1e7), fc.nat(1e7), (motion, first, more) => {
        const whole = Math.sqrt(squaredDistance(motion.from, motion.to));
        const early = Math.sqrt(squaredDistance(motion.from, positionOn(motion, motion.start + first)));
        const late = Math.sqrt(squaredDistance(motion.from, positionOn(motion, motion.start + first + more)));
        expect(early).toBeLessThanOrEqual(late + 1e-6);
        expect(late).toBeLessThanOrEqual(whole + 1e-6);
      }),
    );
  });

  it('is finite for a walk of no length', () => {
    const motion = {
      from: { x: 5, y: 5 },
      to: { x: 5, y: 5 },
      speed: 100,
      start: 0,
      fields: { x: 'x', y: 'y' },
    };
    expect(positionOn(motion, 10)).toEqual({ x: 5, y: 5 });
  });

  it('is written into the fields that the motion names, and leaves the packet of the place alone', () => {
    const standing = place(2001, 'map/1/0,0', { x: 3, y: 4 });
    expect(presenceAt(standing, 99)).toBe(standing.appear);
    expect(positionOf(standing, 99)).toEqual({ x: 3, y: 4 });
    const motion = {
      from: { x: 0, y: 0 },
      to: { x: 10, y: 0 },
      speed: 1,
      start: 0,
      fields: { x: 'destX', y: 'y' },
    };
    const walking = { ...standing, motion };
    expect(presenceAt(walking, 2_000)).toEqual({
      name: 'SRV_PLAYER_CHAR',
      payload: { id: 2001, x: 3, destX: 2, y: 0 },
    });
    expect(standing.appear).toEqual({ name: 'SRV_PLAYER_CHAR', payload: { id: 2001, x: 3, y: 4 } });
    const raw = { ...walking, appear: { type: 9, raw: '' } };
    expect(presenceAt(raw, 2_000)).toBe(raw.appear);
  });
});
