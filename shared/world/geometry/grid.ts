import type { Point } from '../../contract/index.ts';
import type { Area } from '../schema/maps.ts';

/** Units along the side of a cell. */
export const CELL = 2500;

/** Cells that are seen on each side of one's own: 9 x 9 in all, 100 m. */
export const VIEW = 4;

/**
 * Units by which one must have left one's cell before another counts. Who walks along a border, or to and fro across it, stays
 * in the same cell and flickers before nobody's eyes.
 */
export const MARGIN = 500;

/** One square of a map's grid, counted from the origin of the coordinates. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

export function cellAt(at: Point): Cell {
  return { column: Math.floor(at.x / CELL), row: Math.floor(at.y / CELL) };
}

/** The cell that counts for someone at `at` whose cell was `last`: each axis changes only when it is `MARGIN` beyond the border. */
export function cellAfter(last: Cell, at: Point): Cell {
  const column = axisAfter(last.column, at.x);
  const row = axisAfter(last.row, at.y);
  return column === last.column && row === last.row ? last : { column, row };
}

/** Whether a coordinate still counts for its last column or row. */
export function stays(last: number, at: number): boolean {
  return at >= last * CELL - MARGIN && at <= (last + 1) * CELL + MARGIN;
}

function axisAfter(last: number, at: number): number {
  return stays(last, at) ? last : Math.floor(at / CELL);
}

/** `column,row`, as topics and sections have it. */
export function cellName(cell: Cell): string {
  return `${cell.column},${cell.row}`;
}

/** Reads `column,row`; undefined when it is something else. */
export function parseCell(name: string): Cell | undefined {
  const parts = /^(-?\d+),(-?\d+)$/.exec(name);
  return parts === null ? undefined : { column: Number(parts[1]), row: Number(parts[2]) };
}

/** The cells seen from one: 9 x 9, fewer at the edges of the map. */
export function cellsAround(cell: Cell, area: Area): Cell[] {
  const last = cellAt({ x: area.right - 1, y: area.top - 1 });
  const first = cellAt({ x: area.left, y: area.bottom });
  const cells: Cell[] = [];
  const bottom = Math.max(first.row, cell.row - VIEW);
  const top = Math.min(last.row, cell.row + VIEW);
  const right = Math.min(last.column, cell.column + VIEW);
  for (let row = bottom; row <= top; row++) {
    for (let column = Math.max(first.column, cell.column - VIEW); column <= right; column++)
      cells.push({ column, row });
  }
  return cells;
}
