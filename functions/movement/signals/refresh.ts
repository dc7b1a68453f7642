import { speedOf } from '../../../shared/world/speeds.ts';
import { inGait } from '../positions.ts';
import type { MovementSignal } from '../sections.ts';
import { NOT_IN_WORLD, seenOf } from '../seen.ts';
import { show } from '../show.ts';

/** Things, level or stats have changed: newcomers are shown the new looks, and a walk goes on at the new speed. */
export const refresh: MovementSignal = (context) => {
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  const { gait } = seen.position;
  const speed = speedOf(gait, seen.character, seen.inventory);
  const position =
    speed === seen.position.speed ? seen.position : inGait(seen.position, gait, speed, context.now);
  return show(seen, position, context.now).result;
};
