import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PositionSection } from '../../shared/sections/index.ts';
import { distance } from '../../shared/world/geometry/point.ts';
import { samplePosition } from '../../shared/world/testing/sample-character.ts';
import { whereIs } from '../../shared/world/whereabouts.ts';
import { claim, inGait, LEAD, walkTo } from './positions.ts';

const NOW = 1_800_000_000_000;
const near = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
});
const step = fc.integer({ min: -250, max: 250 });
const action = fc.oneof(
  fc.record({ kind: fc.constantFrom('walk', 'claim', 'sit', 'stroll', 'run'), by: near }),
  // A cheat: many small steps in one direction.
  fc.record({
    kind: fc.constant('claim'),
    by: fc.record({ x: fc.integer({ min: 100, max: 290 }), y: step }),
  }),
);
const actions = fc.array(fc.tuple(action, fc.integer({ min: 0, max: 300 })), {
  minLength: 1,
  maxLength: 60,
  size: 'max',
});

describe('positions', () => {
  it('no order of clicks, claims and gaits gets further than running does, but for the lead that a client may have', () => {
    fc.assert(
      fc.property(actions, (steps) => {
        let now = NOW;
        let position: PositionSection = samplePosition(NOW);
        for (const [{ kind, by }, pause] of steps) {
          now += pause;
          const at = whereIs(position, now);
          const to = { x: at.x + by.x, y: at.y + by.y };
          if (kind === 'walk' && position.gait !== 'sit') position = walkTo(position, to, 0, now);
          if (kind === 'claim') position = claim(position, to, now) ?? position;
          if (kind === 'sit') position = inGait(position, 'sit', 0, now);
          if (kind === 'stroll') position = inGait(position, 'walk', 200, now);
          if (kind === 'run') position = inGait(position, 'run', 433, now);
          const far = distance({ x: 520_000, y: 520_000 }, whereIs(position, now));
          expect(far).toBeLessThanOrEqual(((now - NOW + LEAD) / 1000) * 433 + 1e-6);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a claim of where one truly is costs nothing', () => {
    fc.assert(
      fc.property(near, fc.integer({ min: 0, max: 20_000 }), (by, elapsed) => {
        const walking = walkTo(samplePosition(NOW), { x: 520_000 + by.x, y: 520_000 + by.y }, 0, NOW);
        const now = NOW + elapsed;
        const at = whereIs(walking, now);
        const stopped = claim(walking, at, now);
        expect(stopped).toMatchObject(at);
        expect((stopped?.start ?? 0) - now).toBeLessThanOrEqual(1);
        expect(stopped).not.toHaveProperty('to');
      }),
    );
  });

  it('one who was claimed ahead stands still until the time is made up', () => {
    const ahead = claim(samplePosition(NOW), { x: 520_216.5, y: 520_000 }, NOW);
    expect(ahead).toMatchObject({ x: 520_216.5, start: NOW + 500 });
    const walking = walkTo(ahead ?? samplePosition(NOW), { x: 521_000, y: 520_000 }, 0, NOW + 100);
    expect(walking.start).toBe(NOW + 500);
    expect(whereIs(walking, NOW + 400)).toEqual({ x: 520_216.5, y: 520_000 });
  });
});
