import { badWorldData } from './bad-world-data.ts';
import { ITEM_TYPES, MAX_STACK, wornSlot } from './item-types.ts';
import type { ItemData } from './schema/items.ts';
import type { Area } from './schema/maps.ts';
import type { WorldFiles } from './world-files.ts';

/** Refuses what no single file can tell: doubled ids, items and maps that do not exist, points off their map. */
export function checkReferences(files: WorldFiles): void {
  const items = new Map<string, ItemData>();
  files.items.items.forEach((item, n) => {
    const ref = `${item.type}/${item.id}`;
    if (items.has(ref)) throw badWorldData('items', `items[${n}].id`, `${ref} is there twice`);
    items.set(ref, item);
  });
  const areas = checkMaps(files);
  checkMonsters(files, items, areas);
  checkNpcs(files, items, areas);
  checkRecipes(files, items);
  unique(
    files.skills.skills,
    (n) => badWorldData('skills', `skills[${n}].id`, 'the id is there twice'),
    (s) => s.id,
  );
  checkStarter(files, items);
}

function checkMaps({ maps }: WorldFiles): Map<number, Area> {
  const areas = new Map(maps.maps.map((map) => [map.id, map.area]));
  unique(
    maps.maps,
    (n) => badWorldData('maps', `maps[${n}].id`, 'the id is there twice'),
    (map) => map.id,
  );
  if (!areas.has(maps.startMap)) throw badWorldData('maps', 'startMap', `there is no map ${maps.startMap}`);
  const gates = new Set<number>();
  maps.maps.forEach((map, n) => {
    inside(areas, map.id, map.start, `maps[${n}].start`);
    map.revive.forEach((at, i) => {
      inside(areas, map.id, at, `maps[${n}].revive[${i}]`);
    });
    map.gates.forEach((gate, i) => {
      const field = `maps[${n}].gates[${i}]`;
      if (gates.has(gate.id)) throw badWorldData('maps', `${field}.id`, `gate ${gate.id} is there twice`);
      gates.add(gate.id);
      inside(areas, map.id, gate, field);
      inside(areas, gate.to.map, gate.to, `${field}.to`);
    });
  });
  return areas;
}

function inside(areas: Map<number, Area>, map: number, at: { x: number; y: number }, field: string): void {
  const problem = offMap(areas, map, at);
  if (problem !== null) throw badWorldData('maps', field, problem);
}

function checkMonsters(
  { monsters }: WorldFiles,
  items: Map<string, ItemData>,
  areas: Map<number, Area>,
): void {
  unique(
    monsters.monsters,
    (n) => badWorldData('monsters', `monsters[${n}].id`, 'the id is there twice'),
    (m) => m.id,
  );
  monsters.monsters.forEach((monster, n) => {
    if (Object.hasOwn(monsters.drops, monster.drops)) return;
    throw badWorldData('monsters', `monsters[${n}].drops`, `there is no drop table ${monster.drops}`);
  });
  const known = new Set(monsters.monsters.map((monster) => monster.id));
  monsters.spawns.forEach((spawn, n) => {
    if (!known.has(spawn.monster))
      throw badWorldData('monsters', `spawns[${n}].monster`, `there is no monster ${spawn.monster}`);
    const problem = offMap(areas, spawn.map, spawn);
    if (problem !== null) throw badWorldData('monsters', `spawns[${n}]`, problem);
  });
  for (const [name, table] of Object.entries(monsters.drops)) {
    table.items.forEach((drop, n) => {
      const field = `drops.${name}.items[${n}]`;
      const item = items.get(drop.item);
      if (item === undefined)
        throw badWorldData('monsters', `${field}.item`, `there is no item ${drop.item}`);
      const most = ITEM_TYPES[item.type].stacks ? MAX_STACK : 1;
      if (drop.max > most)
        throw badWorldData('monsters', `${field}.max`, `at most ${most} of it lie in one place`);
    });
  }
}

function checkNpcs({ npcs }: WorldFiles, items: Map<string, ItemData>, areas: Map<number, Area>): void {
  unique(
    npcs.npcs,
    (n) => badWorldData('npcs', `npcs[${n}].objectId`, 'its map has it twice'),
    (npc) => `${npc.map}/${npc.objectId}`,
  );
  npcs.npcs.forEach((npc, n) => {
    const problem = offMap(areas, npc.map, npc);
    if (problem !== null) throw badWorldData('npcs', `npcs[${n}]`, problem);
    npc.shop.forEach((tab, t) => {
      tab.items.forEach((ref, i) => {
        const field = `npcs[${n}].shop[${t}].items[${i}]`;
        if (!items.has(ref)) throw badWorldData('npcs', field, `there is no item ${ref}`);
      });
    });
  });
}

function checkStarter({ starter, skills }: WorldFiles, items: Map<string, ItemData>): void {
  const known = new Set(skills.skills.map(({ id }) => id));
  starter.skills.forEach((id, n) => {
    if (!known.has(id)) throw badWorldData('starter', `skills[${n}]`, `there is no skill ${id}`);
  });
  for (const race of [0, 1]) {
    if (starter.races.filter((kit) => kit.race === race).length !== 1)
      throw badWorldData('starter', 'races', `race ${race} needs one kit`);
  }
  starter.races.forEach((kit, n) => {
    for (const [slot, ref] of Object.entries(kit.worn)) {
      const item = items.get(ref);
      if (item === undefined || wornSlot(item) !== Number(slot)) {
        throw badWorldData('starter', `races[${n}].worn.${slot}`, `${ref} is not worn there`);
      }
    }
    kit.bag.forEach(({ item: ref, count }, i) => {
      const item = items.get(ref);
      if (item === undefined)
        throw badWorldData('starter', `races[${n}].bag[${i}].item`, `there is no item ${ref}`);
      if (count > 1 && !ITEM_TYPES[item.type].stacks)
        throw badWorldData('starter', `races[${n}].bag[${i}].count`, `${ref} does not stack`);
    });
  });
}

function checkRecipes({ recipes: file }: WorldFiles, items: Map<string, ItemData>): void {
  const known = (ref: string, field: string): ItemData => {
    const item = items.get(ref);
    if (item === undefined) throw badWorldData('recipes', field, `there is no item ${ref}`);
    return item;
  };
  const stacking = (ref: string, field: string): void => {
    if (!ITEM_TYPES[known(ref, field).type].stacks)
      throw badWorldData('recipes', field, `${ref} does not stack`);
  };
  file.recipes.forEach((recipe, n) => {
    known(recipe.product, `recipes[${n}].product`);
    recipe.materials.forEach(({ item }, i) => {
      stacking(item, `recipes[${n}].materials[${i}].item`);
    });
  });
  unique(
    file.recipes,
    (n) => badWorldData('recipes', `recipes[${n}].product`, 'it is made by two recipes'),
    (recipe) => recipe.product,
  );
  file.upgrades.forEach((upgrade, n) => {
    if (upgrade.grade !== n + 1) throw badWorldData('recipes', `upgrades[${n}].grade`, `expected ${n + 1}`);
    stacking(upgrade.material.item, `upgrades[${n}].material.item`);
  });
  for (const [type, ref] of Object.entries(file.scrap)) {
    if (!Object.hasOwn(ITEM_TYPES, type)) throw badWorldData('recipes', `scrap.${type}`, 'no such type');
    stacking(ref, `scrap.${type}`);
  }
}

function offMap(areas: Map<number, Area>, map: number, at: { x: number; y: number }): string | null {
  const area = areas.get(map);
  if (area === undefined) return `there is no map ${map}`;
  const inside = at.x >= area.left && at.x < area.right && at.y >= area.bottom && at.y < area.top;
  return inside ? null : `(${at.x}, ${at.y}) is off map ${map}`;
}

function unique<T>(
  rows: readonly T[],
  problem: (n: number) => Error,
  key: (row: T) => string | number,
): void {
  const seen = new Set<string | number>();
  rows.forEach((row, n) => {
    if (seen.has(key(row))) throw problem(n);
    seen.add(key(row));
  });
}
