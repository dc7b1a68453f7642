import { packet } from '../../../shared/kit/index.ts';
import { nearby } from '../nearby.ts';
import type { MovementPacket } from '../sections.ts';
import { NOT_IN_WORLD, seenOf } from '../seen.ts';

/** A gesture, shown to everyone nearby. */
export const setAnimation: MovementPacket<'CLI_SET_ANIMATION'> = (context, { id, value }) => {
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  const shown = packet('SRV_SET_ANIMATION', { id, value, object_id: seen.presence.objectId });
  return { deliveries: [nearby(seen, shown)] };
};
