import { describe, expect, it } from 'vitest';
import { EdgeError } from '../errors/edge-error.ts';
import items from './data/items.json' with { type: 'json' };
import maps from './data/maps.json' with { type: 'json' };
import monsters from './data/monsters.json' with { type: 'json' };
import npcs from './data/npcs.json' with { type: 'json' };
import recipes from './data/recipes.json' with { type: 'json' };
import skills from './data/skills.json' with { type: 'json' };
import starter from './data/starter.json' with { type: 'json' };
import { ITEM_TYPES, wornSlot } from './item-types.ts';
import { loadWorldFiles } from './load-world.ts';
import { newItem, starterInventory } from './starter-inventory.ts';
import { world } from './world.ts';
import type { RawWorldFiles } from './world-files.ts';

describe('the world data', () => {
  it('has what a small world needs', () => {
    expect([...world.maps.keys()]).toEqual([20, 22]);
    expect(world.startMap).toMatchObject({ id: 20, start: { x: 520_000, y: 520_000 }, pvp: false });
    expect(world.maps.get(22)?.pvp).toBe(true);
    expect(world.items.length).toBeGreaterThanOrEqual(60);
    expect(new Set(world.items.map(({ type }) => type)).size).toBe(Object.keys(ITEM_TYPES).length);
    expect(world.skills.size).toBe(12);
    expect(world.monsters.size).toBe(6);
    expect(world.npcs).toHaveLength(4);
    expect(world.npcs.every(({ shop }) => shop.length > 0)).toBe(true);
  });

  it('has weapons for one hand and for two, and gates between maps and within one', () => {
    const hands = world.items.flatMap((item) => (item.type === 'weapon' ? [item.hands] : []));
    expect(new Set(hands)).toEqual(new Set([1, 2]));
    const gates = [...world.gates.values()];
    expect(gates.some(({ map, to }) => map === 20 && to.map === 22)).toBe(true);
    expect(gates.some(({ map, to }) => map === 22 && to.map === 20)).toBe(true);
    expect(gates.some(({ map, to }) => map === to.map)).toBe(true);
  });

  it('finds items by the numbers of the wire and by their names', () => {
    expect(world.item(8, 3)).toMatchObject({ name: 'Bandit Sabre' });
    expect(world.itemByRef('weapon/3')).toBe(world.item(8, 3));
    expect(world.item(8, 999)).toBeUndefined();
    expect(world.itemByRef('weapon/999')).toBeUndefined();
  });

  it('every thing that is worn has its slot', () => {
    for (const item of world.items) {
      const slot = wornSlot(item);
      if (slot === null) continue;
      expect(ITEM_TYPES[item.type].slots as readonly number[]).toContain(slot);
    }
    expect(world.items.filter((item) => wornSlot(item) === 9).map(({ name }) => name)).toContain(
      'Bead Necklace',
    );
  });
});

describe('the starter kit', () => {
  it.each([0, 1])(
    'of race %i: clothes and a weapon worn, a single thing and ten potions in the bag',
    (race) => {
      let count = 0;
      const { slots, zuly, version } = starterInventory(race, () => `uid-${++count}`);
      expect({ zuly, version }).toEqual({ zuly: '1000', version: 1 });
      for (const slot of [3, 5, 6, 7]) expect(slots[slot]).toMatchObject({ kind: 'single', durability: 50 });
      expect(slots[7]?.type).toBe(8);
      expect(slots[12]?.kind).toBe('single');
      expect(slots[13]).toMatchObject({ kind: 'stack', type: 10, id: 1, count: 10 });
      expect(new Set(Object.values(slots).map(({ uid }) => uid)).size).toBe(Object.keys(slots).length);
    },
  );

  it('there is none for another race', () => {
    expect(() => starterInventory(2, () => 'u')).toThrow(RangeError);
  });

  it('makes one of a thing that does not stack, however many are asked for', () => {
    const sword = world.itemByRef('weapon/1');
    if (sword === undefined) throw new Error('no sword');
    expect(newItem(sword, 5, 'u')).toMatchObject({ kind: 'single', uid: 'u', type: 8, id: 1 });
  });
});

describe('faulty world data', () => {
  const files = { items, maps, monsters, npcs, recipes, skills, starter };
  type Draft = { -readonly [F in keyof RawWorldFiles]: RawWorldFiles[F] };
  /** The files with one value replaced. */
  function spoilt(path: string, value: unknown): RawWorldFiles {
    const draft: Draft = structuredClone(files);
    const steps = path.split('.');
    let at: unknown = draft;
    for (const step of steps.slice(0, -1)) at = (at as Record<string, unknown>)[step];
    (at as Record<string, unknown>)[steps.at(-1) ?? ''] = value;
    return draft;
  }

  it.each([
    ['items.items.0.price', -1, 'items.json', 'items[0].price'],
    ['items.items.0.type', 'hat', 'items.json', 'items[0].type'],
    ['items.items.0.colour', 'red', 'items.json', 'items[0]'],
    ['items.items.1.id', 1, 'items.json', 'items[1].id'],
    ['maps.maps', [], 'maps.json', 'maps'],
    ['maps.startMap', 5, 'maps.json', 'startMap'],
    ['maps.maps.1.id', 20, 'maps.json', 'maps[1].id'],
    ['maps.maps.0.area.right', 1000, 'maps.json', 'maps[0].area'],
    ['maps.maps.0.start', { x: 1, y: 1 }, 'maps.json', 'maps[0].start'],
    ['maps.maps.0.revive.1', { x: 560_000, y: 520_000 }, 'maps.json', 'maps[0].revive[1]'],
    ['maps.maps.0.gates.0.to.map', 99, 'maps.json', 'maps[0].gates[0].to'],
    ['maps.maps.0.gates.1.id', 1, 'maps.json', 'maps[0].gates[1].id'],
    ['skills.skills.3.id', 1, 'skills.json', 'skills[3].id'],
    ['skills.skills.3.cast', 'all', 'skills.json', 'skills[3].cast'],
    ['monsters.monsters.0.drops', 'gold', 'monsters.json', 'monsters[0].drops'],
    ['monsters.monsters.1.id', 1, 'monsters.json', 'monsters[1].id'],
    ['monsters.spawns.0.monster', 77, 'monsters.json', 'spawns[0].monster'],
    ['monsters.spawns.0.map', 77, 'monsters.json', 'spawns[0]'],
    ['monsters.drops.small.zuly.min', 21, 'monsters.json', 'drops.small.zuly'],
    ['monsters.drops.small.items.0.item', 'consumable/99', 'monsters.json', 'drops.small.items[0].item'],
    ['monsters.drops.small.items.0.item', 'a potion', 'monsters.json', 'drops.small.items[0].item'],
    ['monsters.drops.bandit.items.2.max', 2, 'monsters.json', 'drops.bandit.items[2].max'],
    ['npcs.npcs.1.objectId', 1, 'npcs.json', 'npcs[1].objectId'],
    ['npcs.npcs.0.shop.0.items.0', 'weapon/99', 'npcs.json', 'npcs[0].shop[0].items[0]'],
    ['npcs.npcs.0.x', 0, 'npcs.json', 'npcs[0]'],
    ['starter.races.0.race', 1, 'starter.json', 'races'],
    ['starter.races.0.worn.7', 'armor/1', 'starter.json', 'races[0].worn.7'],
    ['starter.races.0.worn.12', 'armor/1', 'starter.json', 'races[0].worn.12'],
    ['starter.races.0.bag.0.count', 2, 'starter.json', 'races[0].bag[0].count'],
    ['starter.races.0.bag.0.item', 'goggles/9', 'starter.json', 'races[0].bag[0].item'],
    ['recipes.recipes.0.product', 'weapon/99', 'recipes.json', 'recipes[0].product'],
    ['recipes.recipes.0.product', 'armor/2', 'recipes.json', 'recipes[1].product'],
    ['recipes.recipes.0.materials.0.item', 'weapon/1', 'recipes.json', 'recipes[0].materials[0].item'],
    ['recipes.upgrades.1.grade', 3, 'recipes.json', 'upgrades[1].grade'],
    ['recipes.upgrades.1.material.item', 'quest/9', 'recipes.json', 'upgrades[1].material.item'],
    ['recipes.scrap.armor', 'armor/1', 'recipes.json', 'scrap.armor'],
    ['starter', null, 'starter.json', 'the file'],
  ])('%s = %o is refused with file and field', (path, value, file, field) => {
    let caught: unknown;
    try {
      loadWorldFiles(spoilt(path, value));
    } catch (error) {
      caught = error;
    }
    expect(EdgeError.is(caught, 'bad_world_data')).toBe(true);
    expect((caught as EdgeError).details).toEqual({ file, field });
  });

  it('the files as they are pass', () => {
    expect(() => loadWorldFiles(files)).not.toThrow();
  });
});
