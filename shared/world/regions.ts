import type { Point } from '../contract/index.ts';
import { CELL, type Cell, cellAt, parseCell, VIEW } from './geometry/grid.ts';
import type { SpawnData } from './schema/monsters.ts';
import type { NpcData } from './schema/npcs.ts';
import { type World, world } from './world.ts';

/** Cells along the side of a region: 200 m. Monsters and things on the ground belong to the actor of a region. */
const SIDE = 8;
/** Units along the side of a region. */
export const REGION = SIDE * CELL;

/** The region of a point, `column,row`. */
export function regionAt(at: Point): string {
  return `${Math.floor(at.x / REGION)},${Math.floor(at.y / REGION)}`;
}

/** The address of a region's actor. */
export function regionActor(map: number, region: string): string {
  return `actor/map/${map}/${region}`;
}

/** The region of an actor's address; undefined when it is the address of something else. */
export function parseRegionActor(
  address: string | null,
): { readonly map: number; readonly region: string } | undefined {
  const parts = /^actor\/map\/(\d+)\/(-?\d+,-?\d+)$/.exec(address ?? '');
  return parts?.[2] === undefined ? undefined : { map: Number(parts[1]), region: parts[2] };
}

/** A region whose inhabitants can be seen or met from where somebody is. */
export interface RegionInReach {
  readonly region: string;
  /** It has monsters: they want to know how players move. Otherwise there are only figures that stand still. */
  readonly monsters: boolean;
}

interface Habitat extends RegionInReach {
  /** All cells into which its inhabitants may come. */
  readonly first: Cell;
  readonly last: Cell;
}

/**
 * The regions of a map that have inhabitants who may come into the sight of someone in `cell`. A monster belongs to the region in which the centre of
 * its spawn lies, however far it goes.
 */
export function regionsInReach(map: number, cell: Cell): readonly RegionInReach[] {
  return (habitats.get(map) ?? []).filter(
    ({ first, last }) =>
      first.column <= cell.column + VIEW &&
      last.column >= cell.column - VIEW &&
      first.row <= cell.row + VIEW &&
      last.row >= cell.row - VIEW,
  );
}

/** The same for a cell by its name; none when it is no cell. */
export function regionsInReachOf(map: number, cell: string): readonly RegionInReach[] {
  const parsed = parseCell(cell);
  return parsed === undefined ? [] : regionsInReach(map, parsed);
}

/** Spawns and figures of one region. A spawn's `index` is its place in the data. */
export interface Inhabitants {
  readonly spawns: readonly { readonly index: number; readonly spawn: SpawnData }[];
  readonly npcs: readonly NpcData[];
}

/** Who lives in a region. */
export function inhabitantsOf(map: number, region: string): Inhabitants {
  const here = (at: Point & { readonly map: number }) => at.map === map && regionAt(at) === region;
  return {
    spawns: world.spawns.map((spawn, index) => ({ index, spawn })).filter(({ spawn }) => here(spawn)),
    npcs: world.npcs.filter(here),
  };
}

/** Where inhabitants may come, by map. */
export function habitatsOf({ spawns, npcs, monsters }: Pick<World, 'spawns' | 'npcs' | 'monsters'>) {
  const found = new Map<number, Map<string, Habitat>>();
  const add = (map: number, centre: Point, reach: number, alive: boolean): void => {
    const region = regionAt(centre);
    const regions = found.get(map) ?? new Map<string, Habitat>();
    found.set(map, regions);
    const first = cellAt({ x: centre.x - reach, y: centre.y - reach });
    const last = cellAt({ x: centre.x + reach, y: centre.y + reach });
    const known = regions.get(region) ?? { region, monsters: false, first, last };
    regions.set(region, {
      region,
      monsters: known.monsters || alive,
      first: {
        column: Math.min(known.first.column, first.column),
        row: Math.min(known.first.row, first.row),
      },
      last: { column: Math.max(known.last.column, last.column), row: Math.max(known.last.row, last.row) },
    });
  };
  for (const spawn of spawns)
    add(spawn.map, spawn, spawn.radius + (monsters.get(spawn.monster)?.leash ?? 0), true);
  for (const npc of npcs) add(npc.map, npc, 0, false);
  return new Map([...found].map(([map, regions]) => [map, [...regions.values()]]));
}

const habitats: ReadonlyMap<number, readonly Habitat[]> = habitatsOf(world);
