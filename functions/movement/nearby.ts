import type { Delivery, NamedPacket } from '../../shared/contract/index.ts';
import { parseCell } from '../../shared/world/geometry/grid.ts';
import type { Seen } from '../../shared/world/presence-packet.ts';
import { cellTopic } from '../../shared/world/topics.ts';

/** A delivery to everyone who sees the character, itself included. `presence` must be the one that this turn leaves behind. */
export function nearby(seen: Pick<Seen, 'presence'>, ...packets: readonly NamedPacket[]): Delivery {
  const cell = parseCell(seen.presence.cell) ?? { column: 0, row: 0 };
  return { to: cellTopic(seen.presence.map, cell), packets };
}

/**
 * The same for packets that say where the character goes or stands. A newer one makes the older one worthless, so it may take its
 * place on the way out.
 */
export function motionNearby(seen: Pick<Seen, 'presence'>, ...packets: readonly NamedPacket[]): Delivery {
  return { ...nearby(seen, ...packets), replace: `motion/${seen.presence.objectId}` };
}
