import type { Point } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { contains } from '../../../shared/world/geometry/point.ts';
import { world } from '../../../shared/world/world.ts';
import { correct } from '../correct.ts';
import { motionNearby } from '../nearby.ts';
import { claim } from '../positions.ts';
import type { MovementContext, MovementResult } from '../sections.ts';
import { isDead, isStunned, NOT_IN_WORLD, seenOf } from '../seen.ts';
import { show } from '../show.ts';

/** The client says that it stands at `at`. Believed if it can be true, and told to everyone nearby with `told`; else corrected. */
export function standAt(
  context: MovementContext,
  at: Point,
  told: 'SRV_STOP' | 'SRV_STOP_MOVING',
): MovementResult {
  const { now } = context;
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  if (isDead(seen)) return correct(context, seen, 'dead');
  if (isStunned(seen)) return correct(context, seen, 'stunned');
  const map = world.maps.get(seen.presence.map);
  if (map === undefined || !contains(map.area, at)) return correct(context, seen, 'off_map');
  const position = claim(seen.position, at, now);
  if (position === undefined) return correct(context, seen, 'too_fast');
  const { after, result } = show(seen, position, now);
  const stop = packet(told, { char_id: seen.presence.objectId, x: at.x, y: at.y, z: 0 });
  return { ...result, deliveries: [motionNearby(after, stop)] };
}
