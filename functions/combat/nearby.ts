import type { Delivery, NamedPacket } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';
import type { PresenceSection, VitalsSection } from '../../shared/sections/index.ts';
import { parseCell } from '../../shared/world/geometry/grid.ts';
import { cellTopic } from '../../shared/world/topics.ts';

/** A delivery to everyone who sees the character, itself included. */
export function nearby(presence: PresenceSection, ...packets: readonly NamedPacket[]): Delivery {
  const cell = parseCell(presence.cell) ?? { column: 0, row: 0 };
  return { to: cellTopic(presence.map, cell), packets };
}

/** What everyone nearby is told of hp and mp. A newer one makes the older one worthless. */
export function vitalsNearby(presence: PresenceSection, { hp, mp }: VitalsSection): Delivery {
  const { objectId: id } = presence;
  return { ...nearby(presence, packet('SRV_SET_HP_AND_MP', { id, hp, mp })), replace: `vitals/${id}` };
}
