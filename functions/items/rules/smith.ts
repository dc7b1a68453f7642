import type { Point } from '../../../shared/contract/index.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import type { NpcData } from '../../../shared/world/schema/npcs.ts';
import { world } from '../../../shared/world/world.ts';

/** Units from a figure within which it serves. */
export const SERVICE_RANGE = 1_000;

/** The figure that repairs, by its object id or the client's number of it; undefined unless it is near. */
export function smithNear(map: number, at: Point, id: number): NpcData | undefined {
  return world.npcs.find(
    (npc) =>
      npc.map === map &&
      npc.repairs &&
      (npc.objectId === id || npc.id === id) &&
      distance(npc, at) <= SERVICE_RANGE,
  );
}
