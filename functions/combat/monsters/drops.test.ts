import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdingsOf, imbalance } from '../../../shared/economy/index.ts';
import { contains, distance } from '../../../shared/world/geometry/point.ts';
import { regionAt } from '../../../shared/world/regions.ts';
import { world } from '../../../shared/world/world.ts';
import { dropsOf, type Kill, rollDrops } from './drops.ts';

const NOW = 1_800_000_000_000;

function kill(over: Partial<Kill> = {}): Kill {
  const area = world.maps.get(22)?.area;
  if (area === undefined) throw new Error('no field');
  const at = { x: 540_000, y: 500_000 };
  return { map: 22, area, at, now: NOW, ownerId: 'c1', ownerObject: 2000, partyId: null, step: 's', ...over };
}

const table = (name: string) => {
  const found = world.drops[name];
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
};

describe('what the dead leave', () => {
  it('is what the table says, by its chances', () => {
    expect(rollDrops(table('small'), () => 0)).toEqual([
      { money: 5 },
      { item: 'consumable/1', count: 1 },
      { item: 'consumable/4', count: 1 },
      { item: 'material/11', count: 1 },
    ]);
    expect(rollDrops(table('small'), () => 0.999)).toEqual([]);
    expect(dropsOf(table('small'), kill(), () => 0.999)).toBeUndefined();
  });

  it('is as much as the table says, from the least to the most', () => {
    const amounts = { chance: 1000, min: 2, max: 5 };
    const one = { zuly: amounts, items: [{ item: 'material/11' as const, ...amounts }] };
    const found = (...rolls: number[]) => rollDrops(one, () => rolls.shift() ?? 0);
    expect(found(0, 0, 0, 0)).toEqual([{ money: 2 }, { item: 'material/11', count: 2 }]);
    expect(found(0, 0.49, 0, 0.999)).toEqual([{ money: 3 }, { item: 'material/11', count: 5 }]);
  });

  it('lies near the dead, on the map, for the killer first, and the books balance, whatever the dice', () => {
    const dice = fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true }));
    const names = fc.constantFrom(...Object.keys(world.drops));
    const corner = fc.constantFrom(
      { x: 540_000, y: 500_000 },
      { x: 480_000, y: 480_000 },
      { x: 639_999, y: 639_999 },
    );
    fc.assert(
      fc.property(names, dice, corner, (name, rolls, at) => {
        const facts = kill({ at, partyId: 'p' });
        const settlement = dropsOf(table(name), facts, () => rolls.next().value as number);
        if (settlement === undefined) return;
        const rows = settlement.parts.map((part) => {
          if (part.kind !== 'ground-put') throw new Error(part.kind);
          return part.row;
        });
        for (const row of rows) {
          expect(distance(row, at)).toBeLessThanOrEqual(50.001);
          expect(contains(facts.area, row)).toBe(true);
          expect(row).toMatchObject({
            region: regionAt(row),
            ownerId: 'c1',
            partyId: 'p',
            freeAt: NOW + 120_000,
          });
          expect((row.item === undefined) !== (row.money === undefined)).toBe(true);
        }
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
        const lying = rows.map(({ item, money }) => ({
          ...(money === undefined ? {} : { money }),
          ...(item === undefined ? {} : { items: [item] }),
        }));
        expect(imbalance(holdingsOf(...(settlement.minted ?? [])), holdingsOf(...lying))).toBeNull();
      }),
    );
  });

  it('is the same things when the step is repeated', () => {
    expect(dropsOf(table('golem'), kill(), () => 0)).toEqual(dropsOf(table('golem'), kill(), () => 0));
    const other = dropsOf(table('golem'), kill({ step: 'another' }), () => 0);
    expect(other).not.toEqual(dropsOf(table('golem'), kill(), () => 0));
  });
});
