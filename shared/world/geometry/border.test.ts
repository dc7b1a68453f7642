import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavesAt } from './border.ts';
import { type Cell, cellAfter, cellAt } from './grid.ts';
import { arrivalOf, pointAt, type Walk } from './walk.ts';

const coordinate = fc.double({ min: 480_000, max: 559_999, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const walks: fc.Arbitrary<Walk> = fc.record({
  from: point,
  to: point,
  speed: fc.integer({ min: 100, max: 1500 }),
  start: fc.constant(1_800_000_000_000),
});
const same = (a: Cell, b: Cell) => a.column === b.column && a.row === b.row;

describe('the time at which a walker leaves its cell', () => {
  it('is the first millisecond at which another cell counts', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const cell = cellAt(walk.from);
        const time = leavesAt(walk, cell, walk.start);
        if (time === null) {
          expect(same(cellAfter(cell, walk.to), cell)).toBe(true);
          return;
        }
        expect(Number.isInteger(time)).toBe(true);
        expect(time).toBeLessThanOrEqual(arrivalOf(walk));
        expect(same(cellAfter(cell, pointAt(walk, time)), cell)).toBe(false);
        expect(same(cellAfter(cell, pointAt(walk, time - 1)), cell)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('from border to border leads to the end in as many steps as there are borders', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        let cell = cellAt(walk.from);
        let now = walk.start;
        let steps = 0;
        for (let next = leavesAt(walk, cell, now); next !== null; next = leavesAt(walk, cell, now)) {
          expect(next).toBeGreaterThan(now);
          now = next;
          const after = cellAfter(cell, pointAt(walk, now));
          expect(Math.max(Math.abs(after.column - cell.column), Math.abs(after.row - cell.row))).toBe(1);
          cell = after;
          steps += 1;
        }
        const end = cellAfter(cell, walk.to);
        expect(same(end, cell)).toBe(true);
        const first = cellAt(walk.from);
        expect(steps).toBeLessThanOrEqual(
          Math.abs(end.column - first.column) + Math.abs(end.row - first.row),
        );
      }),
    );
  });

  it('is now for one who is beyond the border already', () => {
    const walk = { from: { x: 520_000, y: 520_000 }, to: { x: 540_000, y: 520_000 }, speed: 1000, start: 0 };
    expect(leavesAt(walk, cellAt(walk.from), 0)).toBe(3001);
    expect(leavesAt(walk, cellAt(walk.from), 8000)).toBe(8000);
    for (const y of [516_000, 524_000]) {
      const along = { ...walk, from: { x: 520_000, y }, to: { x: 540_000, y } };
      expect(leavesAt(along, { column: 208, row: 208 }, 100)).toBe(100);
    }
    const across = { ...walk, from: { x: 510_000, y: 520_000 } };
    expect(leavesAt(across, cellAt(walk.from), 0)).toBe(0);
  });

  it('is never for one who stands', () => {
    const here = { x: 520_000, y: 520_000 };
    expect(leavesAt({ from: here, to: here, speed: 433, start: 0 }, cellAt(here), 0)).toBeNull();
  });

  it('is never for one who walks along a border', () => {
    fc.assert(
      fc.property(fc.double({ min: -400, max: 400, noNaN: true }), (off) => {
        const walk = {
          from: { x: 522_500 + off, y: 520_000 },
          to: { x: 522_500 - off, y: 522_900 },
          speed: 433,
          start: 0,
        };
        expect(leavesAt(walk, cellAt(walk.from), 0)).toBeNull();
      }),
    );
  });
});
