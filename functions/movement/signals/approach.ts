import { clamp } from '../../../shared/world/geometry/point.ts';
import { speedOf } from '../../../shared/world/speeds.ts';
import { world } from '../../../shared/world/world.ts';
import { inGait, walkTo } from '../positions.ts';
import type { MovementSignal } from '../sections.ts';
import { isDead, isStunned, NOT_IN_WORLD, seenOf } from '../seen.ts';
import { show } from '../show.ts';

/** A fight leads the character to `{x, y}`, towards `{objectId}`. It runs; who sees it knows where it goes by the attack. */
export const approach: MovementSignal = (context, { objectId, x, y }) => {
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  if (isDead(seen) || isStunned(seen)) return { refused: 'hindered' };
  const map = world.maps.get(seen.presence.map);
  if (map === undefined || typeof objectId !== 'number' || typeof x !== 'number' || typeof y !== 'number')
    return { refused: 'bad_target' };
  const { now } = context;
  const speed = speedOf('run', seen.character, seen.inventory, seen.effects);
  const running = inGait(seen.position, 'run', speed, now);
  return show(seen, walkTo(running, clamp(map.area, { x, y }), objectId, now), now).result;
};
