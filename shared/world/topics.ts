import { type Cell, cellName, cellsAround } from './geometry/grid.ts';
import type { MapData } from './schema/maps.ts';

/** The topic in which someone in a cell is seen and heard. */
export function cellTopic(map: number, cell: Cell): string {
  return `map/${map}/${cellName(cell)}`;
}

/** The topic of a whole map. */
export function mapTopic(map: number): string {
  return `map/${map}`;
}

/** The topic of everyone. */
export const EVERYONE = 'all';

/** All topics that someone in a cell sees and hears: the cells around, the map, everyone. */
export function topicsSeenFrom(map: MapData, cell: Cell): string[] {
  return [...cellsAround(cell, map.area).map((seen) => cellTopic(map.id, seen)), mapTopic(map.id), EVERYONE];
}
