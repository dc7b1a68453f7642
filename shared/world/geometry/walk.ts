import type { Point } from '../../contract/index.ts';
import { distance } from './point.ts';

/** A straight walk. */
export interface Walk {
  readonly from: Point;
  readonly to: Point;
  /** Units a second, above 0. */
  readonly speed: number;
  /** Milliseconds since 1970. */
  readonly start: number;
}

/** Milliseconds that the walk takes, with fractions. */
export function durationOf(walk: Walk): number {
  return (distance(walk.from, walk.to) / walk.speed) * 1000;
}

/** The first whole millisecond at which the walk is over. */
export function arrivalOf(walk: Walk): number {
  return walk.start + Math.ceil(durationOf(walk));
}

/** Where the walker is at `now`: between `from` and `to`, never beyond; at `from` before the start. */
export function pointAt(walk: Walk, now: number): Point {
  if (now >= arrivalOf(walk)) return walk.to;
  if (now <= walk.start) return walk.from;
  const share = (now - walk.start) / durationOf(walk);
  return {
    x: walk.from.x + (walk.to.x - walk.from.x) * share,
    y: walk.from.y + (walk.to.y - walk.from.y) * share,
  };
}
