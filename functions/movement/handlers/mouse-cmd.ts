import { packet } from '../../../shared/kit/index.ts';
import { contains, distance } from '../../../shared/world/geometry/point.ts';
import { MOVE_MODE } from '../../../shared/world/move-modes.ts';
import { speedOf } from '../../../shared/world/speeds.ts';
import { world } from '../../../shared/world/world.ts';
import { correct } from '../correct.ts';
import { motionNearby, nearby } from '../nearby.ts';
import { inGait, walkTo } from '../positions.ts';
import type { MovementPacket } from '../sections.ts';
import { isDead, isStunned, NOT_IN_WORLD, seenOf } from '../seen.ts';
import { show } from '../show.ts';

/** A click on the ground or on an object: walk there in a straight line. One who sits gets up first. */
export const mouseCmd: MovementPacket<'CLI_MOUSE_CMD'> = (context, { targetId, x, y }) => {
  const { now } = context;
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  if (isDead(seen)) return correct(context, seen, 'dead');
  if (isStunned(seen)) return correct(context, seen, 'stunned');
  const map = world.maps.get(seen.presence.map);
  if (map === undefined || !contains(map.area, { x, y })) return correct(context, seen, 'off_map');

  const sat = seen.position.gait === 'sit';
  const speed = sat ? speedOf('run', seen.character, seen.inventory, seen.effects) : seen.position.speed;
  const upright = sat ? inGait(seen.position, 'run', speed, now) : seen.position;
  const position = walkTo(upright, { x, y }, targetId, now);
  const { after, result } = show(seen, position, now);
  const id = seen.presence.objectId;
  const far = Math.min(65535, Math.round(distance(position, { x, y })));
  const gotUp = packet('SRV_TOGGLE_MOVE', { object_id: id, type: MOVE_MODE.run, run_speed: speed });
  const move = packet('SRV_MOUSE_CMD', { id, targetId, distance: far, x, y });
  return { ...result, deliveries: [...(sat ? [nearby(after, gotUp)] : []), motionNearby(after, move)] };
};
