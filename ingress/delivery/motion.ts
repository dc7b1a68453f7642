import type { JsonObject, Motion, Packet, Place, Point } from '../../shared/contract/index.ts';

/** Where a straight walk is at `now` (milliseconds since 1970): not before it begins, not beyond where it ends. */
export function positionOn(motion: Motion, now: number): Point {
  const dx = motion.to.x - motion.from.x;
  const dy = motion.to.y - motion.from.y;
  const length = Math.hypot(dx, dy);
  const walked = (motion.speed * Math.max(0, now - motion.start)) / 1000;
  // A speed of 0 stands; NaN from nonsense input counts as arrived, so that no client ever gets one.
  if (!(walked < length)) return motion.to;
  const share = walked / length;
  return { x: motion.from.x + dx * share, y: motion.from.y + dy * share };
}

/** Where a placed object is at `now`. */
export function positionOf(place: Place, now: number): Point {
  return place.motion === undefined ? place.at : positionOn(place.motion, now);
}

/** The presence packet with the position of the moment in its fields; without motion, or without schema, as it is. */
export function presenceAt(place: Place, now: number): Packet {
  const { appear, motion } = place;
  if (motion === undefined || !('name' in appear)) return appear;
  const { x, y } = positionOn(motion, now);
  const payload: JsonObject = { ...appear.payload, [motion.fields.x]: x, [motion.fields.y]: y };
  return { name: appear.name, payload };
}

export function squaredDistance(a: Point, b: Point): number {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return dx * dx + dy * dy;
}
