import type { Point } from '../../../shared/contract/index.ts';
import { pointAt, type Walk } from '../../../shared/world/geometry/walk.ts';

/** Somebody at rest or on a straight walk. */
export interface Mover extends Point {
  readonly to?: Point;
  readonly speed: number;
  readonly start: number;
}

/** The walk of somebody, undefined at rest. */
export function walkOf({ x, y, to, speed, start }: Mover): Walk | undefined {
  return to === undefined || speed <= 0 ? undefined : { from: { x, y }, to, speed, start };
}

/** Where somebody is at `now`. */
export function hereIs(mover: Mover, now: number): Point {
  const walk = walkOf(mover);
  return walk === undefined ? { x: mover.x, y: mover.y } : pointAt(walk, now);
}
