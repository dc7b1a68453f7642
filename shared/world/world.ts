import items from './data/items.json' with { type: 'json' };
import maps from './data/maps.json' with { type: 'json' };
import monsters from './data/monsters.json' with { type: 'json' };
import npcs from './data/npcs.json' with { type: 'json' };
import recipes from './data/recipes.json' with { type: 'json' };
import skills from './data/skills.json' with { type: 'json' };
import starter from './data/starter.json' with { type: 'json' };
import { ITEM_TYPES } from './item-types.ts';
import { loadWorldFiles } from './load-world.ts';
import type { ItemData } from './schema/items.ts';
import type { GateData, MapData } from './schema/maps.ts';
import type { DropTable, MonsterData, SpawnData } from './schema/monsters.ts';
import type { NpcData } from './schema/npcs.ts';
import type { RecipesFile } from './schema/recipes.ts';
import type { SkillData } from './schema/skills.ts';
import type { StarterKit } from './schema/starter.ts';
import type { WorldFiles } from './world-files.ts';

/** All world data, checked and indexed. Read-only. */
export interface World {
  readonly maps: ReadonlyMap<number, MapData>;
  /** The map on which new characters begin. */
  readonly startMap: MapData;
  /** By gate id, with the map on which the gate stands. */
  readonly gates: ReadonlyMap<number, GateData & { readonly map: number }>;
  readonly items: readonly ItemData[];
  readonly skills: ReadonlyMap<number, SkillData>;
  readonly monsters: ReadonlyMap<number, MonsterData>;
  readonly spawns: readonly SpawnData[];
  readonly drops: Readonly<Record<string, DropTable>>;
  readonly npcs: readonly NpcData[];
  /** What can be made, refined and taken apart. */
  readonly workshop: RecipesFile;
  /** Zuly of a new character. */
  readonly startZuly: number;
  /** Ids of the skills of a new character. */
  readonly startSkills: readonly number[];
  /** Things of a new character, by race. */
  readonly starterKits: ReadonlyMap<number, StarterKit>;
  /** An item by the type and id of the wire, undefined when there is none. */
  item(type: number, id: number): ItemData | undefined;
  /** An item by its name in the data, such as `weapon/3`. */
  itemByRef(ref: string): ItemData | undefined;
}

/** Indexes checked files. */
export function createWorld(files: WorldFiles): World {
  const byWire = new Map(
    files.items.items.map((item) => [ITEM_TYPES[item.type].wire * 1024 + item.id, item]),
  );
  const byRef = new Map(files.items.items.map((item) => [`${item.type}/${item.id}`, item]));
  const allMaps = new Map(files.maps.maps.map((map) => [map.id, map]));
  const startMap = allMaps.get(files.maps.startMap);
  if (startMap === undefined) throw new TypeError('files were not checked');
  return {
    maps: allMaps,
    startMap,
    gates: new Map(
      files.maps.maps.flatMap((map) => map.gates.map((gate) => [gate.id, { ...gate, map: map.id }] as const)),
    ),
    items: files.items.items,
    skills: new Map(files.skills.skills.map((skill) => [skill.id, skill])),
    monsters: new Map(files.monsters.monsters.map((monster) => [monster.id, monster])),
    spawns: files.monsters.spawns,
    drops: files.monsters.drops,
    npcs: files.npcs.npcs,
    workshop: files.recipes,
    startZuly: files.starter.zuly,
    startSkills: files.starter.skills,
    starterKits: new Map(files.starter.races.map((kit) => [kit.race, kit])),
    item: (type, id) => byWire.get(type * 1024 + id),
    itemByRef: (ref) => byRef.get(ref),
  };
}

/** The world that comes with the project. A fault in its files ends the process at start. */
export const world: World = createWorld(
  loadWorldFiles({ maps, items, skills, monsters, npcs, recipes, starter }),
);
