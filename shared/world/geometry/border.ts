import { CELL, type Cell, MARGIN, stays } from './grid.ts';
import { arrivalOf, durationOf, pointAt, type Walk } from './walk.ts';

/**
 * The first whole millisecond, not before `now`, at which the walker no longer counts for `cell`; null when it arrives before.
 */
export function leavesAt(walk: Walk, cell: Cell, now: number): number | null {
  if (!inside(walk, cell, now)) return now;
  const end = arrivalOf(walk);
  const shares = [
    shareAtBorder(walk.from.x, walk.to.x, cell.column),
    shareAtBorder(walk.from.y, walk.to.y, cell.row),
  ].filter((share) => share !== null);
  if (shares.length === 0) return null;
  let time = Math.max(now, walk.start + Math.floor(Math.min(...shares) * durationOf(walk)));
  // Rounding may put the crossing a hair before the border: step on until the walker really is beyond it.
  while (time < end && inside(walk, cell, time)) time++;
  return inside(walk, cell, time) ? null : time;
}

function inside(walk: Walk, cell: Cell, time: number): boolean {
  const at = pointAt(walk, time);
  return stays(cell.column, at.x) && stays(cell.row, at.y);
}

/** The share of the way after which a coordinate passes the border of its column or row and the margin; null when it never does. */
function shareAtBorder(from: number, to: number, last: number): number | null {
  if (stays(last, to)) return null;
  const bound = to > from ? (last + 1) * CELL + MARGIN : last * CELL - MARGIN;
  return (bound - from) / (to - from);
}
