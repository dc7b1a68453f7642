import { usableGate } from '../../../shared/world/gates.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { world } from '../../../shared/world/world.ts';
import { correct } from '../correct.ts';
import type { MovementPacket } from '../sections.ts';
import { isDead, isStunned, NOT_IN_WORLD, seenOf } from '../seen.ts';
import { teleport } from '../teleport.ts';

/** Through a warp gate within reach. Where the client thinks that it is does not matter. */
export const teleportReq: MovementPacket<'CLI_TELEPORT_REQ'> = (context, { id }) => {
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  if (isDead(seen)) return correct(context, seen, 'dead');
  if (isStunned(seen)) return correct(context, seen, 'stunned');
  const answer = usableGate(world, id, seen.presence.map, whereIs(seen.position, context.now));
  if ('refused' in answer) return correct(context, seen, answer.refused);
  return teleport(context, seen, answer.gate.to);
};
