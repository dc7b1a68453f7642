import type { Point } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';
import type { PresenceSection } from '../../shared/sections/index.ts';
import { clamp } from '../../shared/world/geometry/point.ts';
import { MOVE_MODE } from '../../shared/world/move-modes.ts';
import type { Seen } from '../../shared/world/presence-packet.ts';
import { world } from '../../shared/world/world.ts';
import { correct } from './correct.ts';
import { leaveRegions } from './near.ts';
import { obtainObject, returnObject } from './objects.ts';
import { restAt } from './positions.ts';
import type { MovementContext, MovementResult } from './sections.ts';
import { SIGNALS } from './signal-names.ts';
import { STEP } from './timer-names.ts';

/** A point on a map. */
export interface Target extends Point {
  readonly map: number;
}

/**
 * Moves someone at once. All lose sight of it and it of them before anything of the new place is shown: so each arrival and each
 * leaving is seen once, also by those who see both places. On the same map it is seen again at once; on another one it gets a new
 * object id and is seen when the client has loaded that map (CLI_CHANGE_MAP_REQ).
 */
export async function teleport(
  context: MovementContext,
  seen: Seen,
  target: Target,
): Promise<MovementResult> {
  const map = world.maps.get(target.map);
  if (map === undefined) return correct(context, seen, 'unknown_map');
  const away = target.map !== seen.presence.map;
  const answer = away ? await obtainObject(context, target.map) : { objectId: seen.presence.objectId };
  if ('refused' in answer) return correct(context, seen, answer.refused);
  const { objectId } = answer;
  if (away) await returnObject(context, seen.presence);

  const at = clamp(map.area, target);
  const position = { ...restAt(seen.position, at, Math.max(context.now, seen.position.start)), map: map.id };
  const presence: PresenceSection = { ...seen.presence, objectId, map: map.id, visible: false };
  const { gait } = position;
  const told = leaveRegions(seen);
  return {
    state: { sections: { position, presence } },
    replies: [
      packet('SRV_TELEPORT_REPLY', {
        id: objectId,
        map: map.id,
        x: at.x,
        y: at.y,
        moveMode: MOVE_MODE[gait],
        rideMode: 0,
      }),
    ],
    place: null,
    watch: [],
    timers: [{ name: STEP, cancel: true }, ...told.timers],
    signals: [...told.signals, ...(away ? [] : [{ to: 'self', name: SIGNALS.enter, payload: {} }])],
  };
}
