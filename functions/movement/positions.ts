import type { Point } from '../../shared/contract/index.ts';
import type { Gait, PositionSection } from '../../shared/sections/index.ts';
import { WALK_SPEED } from '../../shared/world/formulas.ts';
import { distance } from '../../shared/world/geometry/point.ts';
import { durationOf } from '../../shared/world/geometry/walk.ts';
import { walkOf, whereIs } from '../../shared/world/whereabouts.ts';

/** The same position at rest at a point, from `start` (milliseconds since 1970) on. */
export function restAt(position: PositionSection, at: Point, start: number): PositionSection {
  const { to: _to, ...kept } = position;
  return { ...kept, x: at.x, y: at.y, start, targetId: 0 };
}

/** The same position on the way to a point, from where it is at `now`. */
export function walkTo(position: PositionSection, to: Point, targetId: number, now: number): PositionSection {
  const at = whereIs(position, now);
  const start = Math.max(now, position.start);
  return { ...restAt(position, at, start), to: { x: to.x, y: to.y }, targetId };
}

/** The same position in another gait and speed; a walk goes on from where it is at `now`. */
export function inGait(position: PositionSection, gait: Gait, speed: number, now: number): PositionSection {
  const at = whereIs(position, now);
  const start = Math.max(now, position.start);
  if (position.to === undefined || gait === 'sit') return { ...restAt(position, at, start), gait, speed };
  return { ...walkTo(position, position.to, position.targetId, now), gait, speed };
}

/**
 * Milliseconds by which a client may be ahead of the server: what packets and clocks may differ by. For a runner with 433 units a
 * second that is 3 m.
 */
export const LEAD = 700;

/**
 * A client says that it stands at `claimed`. Returns its position at rest there, or undefined when that is further away than its speed
 * allows in the time that it walked and `LEAD`. What it is ahead is a debt: the rest begins in the future, by as much time as the
 * way would have taken, and the next walk not before that. So no order of claims is faster than walking.
 */
export function claim(position: PositionSection, claimed: Point, now: number): PositionSection | undefined {
  const speed = position.speed > 0 ? position.speed : WALK_SPEED;
  const walk = walkOf(position);
  const needed = (distance({ x: position.x, y: position.y }, claimed) / speed) * 1000;
  const walked = Math.min(now - position.start, walk === undefined ? 0 : durationOf(walk));
  if (needed > walked + LEAD) return undefined;
  const began = walk === undefined ? Math.max(position.start, now) : position.start;
  return restAt(position, claimed, Math.max(now, began + Math.ceil(needed)));
}
