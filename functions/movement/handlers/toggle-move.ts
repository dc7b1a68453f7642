import { packet } from '../../../shared/kit/index.ts';
import { ToggleMove } from '../../../shared/protocol/packets.generated.ts';
import type { Gait } from '../../../shared/sections/index.ts';
import { MOVE_MODE } from '../../../shared/world/move-modes.ts';
import { runSpeedOf, speedOf } from '../../../shared/world/speeds.ts';
import { nearby } from '../nearby.ts';
import { inGait } from '../positions.ts';
import type { MovementPacket } from '../sections.ts';
import { isDead, NOT_IN_WORLD, seenOf } from '../seen.ts';
import { show } from '../show.ts';

/** Between walking and running, or between sitting and standing. A walk goes on at the new speed; sitting down ends it. */
export const toggleMove: MovementPacket<'CLI_TOGGLE_MOVE'> = (context, { type }) => {
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  if (isDead(seen)) return { refused: 'dead' };
  const gait = next(seen.position.gait, type);
  if (gait === undefined) return { refused: type === ToggleMove.DRIVE ? 'no_mount' : 'bad_gait' };
  const speed = speedOf(gait, seen.character, seen.inventory, seen.effects);
  const { after, result } = show(seen, inGait(seen.position, gait, speed, context.now), context.now);
  const toggled = packet('SRV_TOGGLE_MOVE', {
    object_id: seen.presence.objectId,
    type: MOVE_MODE[gait],
    run_speed: gait === 'sit' ? runSpeedOf(seen.character, seen.inventory, seen.effects) : speed,
  });
  return { ...result, deliveries: [nearby(after, toggled)] };
};

function next(gait: Gait, toggle: number): Gait | undefined {
  if (toggle === ToggleMove.RUN) return gait === 'run' ? 'walk' : 'run';
  if (toggle === ToggleMove.SIT) return gait === 'sit' ? 'run' : 'sit';
  return undefined;
}
