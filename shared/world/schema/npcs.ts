import { z } from 'zod';
import { coordinate, itemRef, name, positive } from './common.ts';

const npc = z.strictObject({
  /** The client's number of the figure. */
  id: z.int().min(1000).max(65535),
  name,
  /** Fixed and unique on its map, below those of the living. */
  objectId: z.int().min(1).max(1023),
  map: positive,
  x: coordinate,
  y: coordinate,
  /** Degrees. */
  angle: z.number().min(0).max(360),
  repairs: z.boolean(),
  /** Tabs of the store, in the client's order; empty: sells nothing. */
  shop: z.array(z.strictObject({ tab: name, items: z.array(itemRef).min(1).max(48) })).max(4),
});

export const npcsFile = z.strictObject({ npcs: z.array(npc) });
export type NpcData = z.infer<typeof npc>;
