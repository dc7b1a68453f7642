import type { Point } from '../contract/index.ts';
import type { PositionSection } from '../sections/index.ts';
import { arrivalOf, pointAt, type Walk } from './geometry/walk.ts';

/** The walk of a position, undefined at rest. */
export function walkOf(position: PositionSection): Walk | undefined {
  if (position.to === undefined || position.speed <= 0) return undefined;
  return {
    from: { x: position.x, y: position.y },
    to: position.to,
    speed: position.speed,
    start: position.start,
  };
}

/** Where someone is at `now` (milliseconds since 1970). */
export function whereIs(position: PositionSection, now: number): Point {
  const walk = walkOf(position);
  return walk === undefined ? { x: position.x, y: position.y } : pointAt(walk, now);
}

/** Whether someone is still on the way at `now`. */
export function isWalking(position: PositionSection, now: number): boolean {
  const walk = walkOf(position);
  return walk !== undefined && now < arrivalOf(walk);
}
