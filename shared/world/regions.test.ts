import { describe, expect, it } from 'vitest';
import { cellAt } from './geometry/grid.ts';
import {
  habitatsOf,
  inhabitantsOf,
  parseRegionActor,
  regionActor,
  regionAt,
  regionsInReach,
  regionsInReachOf,
} from './regions.ts';
import { world } from './world.ts';

describe('regions', () => {
  it('are 8 cells of 2,500 units wide, counted from the origin', () => {
    expect(regionAt({ x: 0, y: 19_999.9 })).toBe('0,0');
    expect(regionAt({ x: 20_000, y: 0 })).toBe('1,0');
    expect(regionAt({ x: 524_000, y: 497_000 })).toBe('26,24');
  });

  it('have an actor whose address tells map and region', () => {
    expect(parseRegionActor(regionActor(22, '26,24'))).toEqual({ map: 22, region: '26,24' });
    for (const other of [null, 'actor/guild/1', 'actor/map/22/26', 'map/22/26,24', 'actor/map/22/26,24/1'])
      expect(parseRegionActor(other)).toBeUndefined();
  });

  it('are in reach from wherever one of their inhabitants can be seen', () => {
    for (const [n, spawn] of world.spawns.entries()) {
      const edge = { x: spawn.x + spawn.radius + 9_000, y: spawn.y };
      const found = regionsInReach(spawn.map, cellAt(edge));
      expect(found.some(({ region, monsters }) => monsters && region === regionAt(spawn))).toBe(true);
      expect(inhabitantsOf(spawn.map, regionAt(spawn)).spawns.map(({ index }) => index)).toContain(n);
    }
    for (const npc of world.npcs) {
      const region = regionAt(npc);
      expect(regionsInReach(npc.map, cellAt(npc)).map((found) => found.region)).toContain(region);
      expect(inhabitantsOf(npc.map, region).npcs).toContain(npc);
    }
  });

  it('are not in reach from far away, nor on a map where nobody lives', () => {
    expect(regionsInReach(22, { column: 254, row: 193 }).map(({ region }) => region)).not.toContain('30,30');
    expect(regionsInReach(4711, { column: 1, row: 1 })).toEqual([]);
    expect(regionsInReachOf(20, 'nonsense')).toEqual([]);
    expect(inhabitantsOf(4711, '0,0')).toEqual({ spawns: [], npcs: [] });
  });

  it('with figures only say so', () => {
    const [npc] = world.npcs;
    if (npc === undefined) throw new Error('no figure');
    const still = habitatsOf({ spawns: [], npcs: [npc], monsters: world.monsters }).get(npc.map);
    expect(still).toMatchObject([{ region: regionAt(npc), monsters: false }]);
  });
});
