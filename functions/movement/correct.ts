import { packet } from '../../shared/kit/index.ts';
import { CLIENT_MOVE_MODE } from '../../shared/world/move-modes.ts';
import type { Seen } from '../../shared/world/presence-packet.ts';
import { isWalking, whereIs } from '../../shared/world/whereabouts.ts';
import { motionNearby } from './nearby.ts';
import { restAt } from './positions.ts';
import type { MovementContext, MovementResult } from './sections.ts';
import { show } from './show.ts';

/**
 * Refuses a move: the client is sent to its true position, and a walk ends there, so that all have the same idea of it.
 * `reason` is counted.
 */
export function correct(context: MovementContext, seen: Seen, reason: string): MovementResult {
  const { now } = context;
  const { position, presence } = seen;
  const at = whereIs(position, now);
  const moveMode = CLIENT_MOVE_MODE[position.gait];
  const replies = [packet('SRV_MOVE', { id: presence.objectId, x: at.x, y: at.y, move_mode: moveMode })];
  if (!isWalking(position, now)) return { replies, refused: reason };
  const { after, result } = show(seen, restAt(position, at, Math.max(now, position.start)), now);
  const stop = packet('SRV_STOP', { char_id: presence.objectId, x: at.x, y: at.y, z: 0 });
  return {
    ...result,
    replies,
    deliveries: [{ ...motionNearby(after, stop), except: 'self' }],
    refused: reason,
  };
}
