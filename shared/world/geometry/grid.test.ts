import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL, type Cell, cellAfter, cellAt, cellName, cellsAround, MARGIN, parseCell } from './grid.ts';

const area = { left: 480_000, bottom: 480_000, right: 560_000, top: 560_000 };
const inside = fc.double({ min: 480_000, max: 559_999, noNaN: true });
const names = (cells: readonly Cell[]) => new Set(cells.map(cellName));

describe('the grid', () => {
  it('puts a point into the cell that holds it', () => {
    expect(cellAt({ x: 0, y: 2499.9 })).toEqual({ column: 0, row: 0 });
    expect(cellAt({ x: 2500, y: 520_000 })).toEqual({ column: 1, row: 208 });
  });

  it('writes and reads names of cells', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (column, row) => {
        expect(parseCell(cellName({ column, row }))).toEqual({ column, row });
      }),
    );
    for (const name of ['', '1', '1,', '1,2,3', 'a,b', ' 1,2']) expect(parseCell(name)).toBeUndefined();
  });

  it('sees 9 x 9 cells, fewer only at the edges of the map, and never one off the map', () => {
    fc.assert(
      fc.property(inside, inside, (x, y) => {
        const cell = cellAt({ x, y });
        const seen = cellsAround(cell, area);
        expect(names(seen).size).toBe(seen.length);
        expect(names(seen).has(cellName(cell))).toBe(true);
        const across = (n: number) => Math.min(223, n + 4) - Math.max(192, n - 4) + 1;
        expect(seen).toHaveLength(across(cell.column) * across(cell.row));
        for (const { column, row } of seen) {
          expect(column >= 192 && column <= 223 && row >= 192 && row <= 223).toBe(true);
        }
      }),
    );
  });

  it('changes 9 cells at a straight border, 17 at a corner, and all after a leap', () => {
    const from = { column: 208, row: 208 };
    const change = (column: number, row: number): [number, number] => {
      const before = names(cellsAround(from, area));
      const after = names(cellsAround({ column, row }, area));
      const gained = [...after].filter((name) => !before.has(name)).length;
      return [gained, [...before].filter((name) => !after.has(name)).length];
    };
    expect(change(209, 208)).toEqual([9, 9]);
    expect(change(208, 207)).toEqual([9, 9]);
    expect(change(209, 209)).toEqual([17, 17]);
    expect(change(217, 208)).toEqual([81, 81]);
    expect(change(208, 208)).toEqual([0, 0]);
  });

  it('two see each other, or neither sees the other', () => {
    const cell = fc.record({
      column: fc.integer({ min: 192, max: 223 }),
      row: fc.integer({ min: 192, max: 223 }),
    });
    fc.assert(
      fc.property(cell, cell, (one, other) => {
        const sees = (a: Cell, b: Cell) => names(cellsAround(a, area)).has(cellName(b));
        expect(sees(one, other)).toBe(sees(other, one));
      }),
    );
  });
});

describe('the margin', () => {
  it('never lets the cell flap for one who stays within it of a border', () => {
    const wobble = fc.array(fc.double({ min: -MARGIN, max: MARGIN, noNaN: true }), { minLength: 2 });
    fc.assert(
      fc.property(fc.integer({ min: 193, max: 223 }), wobble, wobble, (line, xs, ys) => {
        let cell = cellAt({ x: line * CELL, y: line * CELL });
        let changes = 0;
        xs.forEach((dx, n) => {
          const next = cellAfter(cell, { x: line * CELL + dx, y: line * CELL + (ys[n] ?? 0) });
          if (cellName(next) !== cellName(cell)) changes += 1;
          cell = next;
        });
        expect(changes).toBe(0);
      }),
    );
  });

  it('lets a cell come back only after a way of twice the margin', () => {
    const steps = fc.array(fc.double({ min: -400, max: 400, noNaN: true }), {
      minLength: 1,
      maxLength: 300,
      size: 'max',
    });
    fc.assert(
      fc.property(steps, (moves) => {
        let x = 520_000;
        let cell = cellAt({ x, y: x });
        const crossings: { readonly border: number; readonly x: number }[] = [];
        for (const move of moves) {
          x += move;
          const next = cellAfter(cell, { x, y: 520_000 });
          if (next.column === cell.column) continue;
          const border = Math.max(next.column, cell.column) * CELL;
          const last = crossings.at(-1);
          if (last?.border === border) expect(Math.abs(x - last.x)).toBeGreaterThanOrEqual(2 * MARGIN);
          crossings.push({ border, x });
          cell = next;
        }
      }),
    );
  });

  it('keeps the position within its cell or the margin around it', () => {
    fc.assert(
      fc.property(inside, inside, inside, inside, (x1, y1, x2, y2) => {
        const cell = cellAfter(cellAt({ x: x1, y: y1 }), { x: x2, y: y2 });
        expect(x2).toBeGreaterThanOrEqual(cell.column * CELL - MARGIN);
        expect(x2).toBeLessThanOrEqual((cell.column + 1) * CELL + MARGIN);
        expect(y2).toBeGreaterThanOrEqual(cell.row * CELL - MARGIN);
        expect(y2).toBeLessThanOrEqual((cell.row + 1) * CELL + MARGIN);
      }),
    );
  });
});
