import { contains } from '../../shared/world/geometry/point.ts';
import { world } from '../../shared/world/world.ts';

export interface Destination {
  readonly map: number;
  readonly x: number;
  readonly y: number;
}

/** A map and a point on it: `MAP` (its start point), `X Y` on the map `here`, or `MAP X Y`. Undefined when there is no such place. */
export function destinationOf(words: readonly string[], here: number): Destination | undefined {
  const [first = '', second, third] = words;
  const map = words.length === 2 ? world.maps.get(here) : world.maps.get(Number(first));
  if (map === undefined || words.length === 0 || words.length > 3) return undefined;
  if (words.length === 1) return { map: map.id, x: map.start.x, y: map.start.y };
  const [x, y] = words.length === 2 ? [Number(first), Number(second)] : [Number(second), Number(third)];
  if (!Number.isFinite(x) || !Number.isFinite(y) || !contains(map.area, { x, y })) return undefined;
  return { map: map.id, x, y };
}
