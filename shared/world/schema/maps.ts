import { z } from 'zod';
import { coordinate, name, point, positive } from './common.ts';

/** Area in units: left and bottom belong to the map, right and top no longer do. */
const area = z
  .strictObject({ left: coordinate, bottom: coordinate, right: coordinate, top: coordinate })
  .refine((a) => a.right > a.left && a.top > a.bottom, {
    error: 'right and top must be above left and bottom',
  });

const gate = z.strictObject({
  /** Unique over all maps: what CLI_TELEPORT_REQ names. */
  id: z.int().min(1).max(32767),
  name,
  x: coordinate,
  y: coordinate,
  to: z.strictObject({ map: positive, x: coordinate, y: coordinate }),
});

const map = z.strictObject({
  id: z.int().min(1).max(65535),
  name,
  area,
  /** Players may attack players here. */
  pvp: z.boolean(),
  /** Per cent of the item data's price that shops take here. */
  priceRate: positive,
  /** Where newcomers arrive, give or take 150 units. */
  start: point,
  revive: z.array(point).min(1),
  gates: z.array(gate),
});

export const mapsFile = z.strictObject({ startMap: positive, maps: z.array(map).min(1) });
export type MapData = z.infer<typeof map>;
export type Area = z.infer<typeof area>;
export type GateData = z.infer<typeof gate>;
