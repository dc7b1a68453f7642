import type { Point } from '../../../shared/contract/index.ts';
import type { Dice } from '../../../shared/kit/index.ts';
import { clamp, scatter } from '../../../shared/world/geometry/point.ts';
import { world } from '../../../shared/world/world.ts';

/** Units around its owner within which a dropped thing comes to lie. */
export const DROP_RANGE = 50;

/** Where something comes to lie that is dropped at a point. */
export function landing(map: number, at: Point, dice: Dice): Point {
  const spot = scatter(at, DROP_RANGE, () => dice.float());
  const area = world.maps.get(map)?.area;
  return area === undefined ? spot : clamp(area, spot);
}
