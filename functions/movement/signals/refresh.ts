import type { PositionSection } from '../../../shared/sections/index.ts';
import type { Seen } from '../../../shared/world/presence-packet.ts';
import { speedOf } from '../../../shared/world/speeds.ts';
import { isWalking, whereIs } from '../../../shared/world/whereabouts.ts';
import { inGait, restAt } from '../positions.ts';
import type { MovementSignal } from '../sections.ts';
import { isDead, isStunned, NOT_IN_WORLD, seenOf } from '../seen.ts';
import { show } from '../show.ts';

/** Things, level, stats, effects or life have changed: newcomers are shown the new looks, and a walk goes on at the new speed. */
export const refresh: MovementSignal = (context) => {
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  return show(seen, after(seen, context.now), context.now).result;
};

/** The dead and the stunned stay where they are. */
function after(seen: Seen, now: number): PositionSection {
  const { position, character, inventory, effects } = seen;
  const speed = speedOf(position.gait, character, inventory, effects);
  if (isDead(seen) || isStunned(seen)) {
    const stopped = isWalking(position, now) ? restAt(position, whereIs(position, now), now) : position;
    return { ...stopped, speed };
  }
  if (speed === position.speed) return position;
  // A rest stays the same rest: whoever fights or waits there goes on.
  return isWalking(position, now) ? inGait(position, position.gait, speed, now) : { ...position, speed };
}
