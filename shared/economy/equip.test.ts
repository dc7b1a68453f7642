import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredItem } from '../sections/index.ts';
import { ITEM_TYPES, wornSlot } from '../world/item-types.ts';
import { newItem } from '../world/starter-inventory.ts';
import { world } from '../world/world.ts';
import type { Container } from './container.ts';
import { equip, load, takeOff } from './equip.ts';
import { goodsOf, holdingsOf, imbalance } from './holdings.ts';

const MAX_LEVEL = 210;
const things = (refs: Readonly<Record<number, string>>): Container => ({
  zuly: '0',
  slots: Object.fromEntries(Object.entries(refs).map(([slot, ref]) => [slot, thing(ref, slot)])),
});

function thing(ref: string, uid: string, count = 1): StoredItem {
  const data = world.itemByRef(ref);
  if (data === undefined) throw new Error(ref);
  return newItem(data, count, uid);
}

function refIn({ slots }: Container, slot: number): string | undefined {
  const item = slots[slot];
  const data = item && world.item(item.type, item.id);
  return data && `${data.type}/${data.id}`;
}

function worn(outcome: ReturnType<typeof equip<Container>>): Container {
  if (outcome.code !== 'ok') throw new Error(outcome.code);
  return outcome.next;
}

describe('wearing', () => {
  test('exchanges what is worn for what lies in the bag', () => {
    const after = worn(equip(things({ 7: 'weapon/1', 20: 'weapon/2' }), 7, 20, 5));
    expect([refIn(after, 7), refIn(after, 20)]).toEqual(['weapon/2', 'weapon/1']);
  });

  test('a two-handed weapon takes the shield off, and a shield the two-handed weapon', () => {
    const axe = worn(equip(things({ 7: 'weapon/1', 8: 'shield/1', 20: 'weapon/5' }), 7, 20, 6));
    expect([refIn(axe, 7), refIn(axe, 8), refIn(axe, 20), refIn(axe, 12)]).toEqual([
      'weapon/5',
      undefined,
      'weapon/1',
      'shield/1',
    ]);
    const shield = worn(equip(axe, 8, 12, 6));
    expect([refIn(shield, 7), refIn(shield, 8)]).toEqual([undefined, 'shield/1']);
    expect(Object.keys(shield.slots)).toHaveLength(3);
  });

  test.each([
    ['a thing of another place', 3, 20, 20, 'wrong_type'],
    ['an empty slot', 7, 21, 20, 'empty_slot'],
    ['a place where nothing is worn', 12, 20, 20, 'bad_slot'],
    ['a slot outside the bag', 7, 8, 20, 'bad_slot'],
    ['something for a higher level', 7, 20, 4, 'level_too_low'],
    ['what is carried only', 7, 22, 20, 'wrong_type'],
  ] as const)('is refused for %s', (_name, to, from, level, code) => {
    const inventory = things({ 8: 'shield/1', 20: 'weapon/2', 22: 'consumable/1' });
    expect(equip(inventory, to, from, level)).toEqual({ code });
  });

  test('is refused for a broken thing, and when there is no room for what must come off', () => {
    const inventory = things({ 20: 'weapon/2' });
    const broken = { ...inventory.slots[20], life: 0 } as StoredItem;
    expect(equip({ ...inventory, slots: { 20: broken } }, 7, 20, 9)).toEqual({ code: 'broken' });
    const full: Record<string, StoredItem> = { 7: thing('weapon/1', 'w'), 8: thing('shield/1', 's') };
    for (let slot = 12; slot <= 131; slot += 1) full[slot] = thing('weapon/5', `b${slot}`);
    expect(equip({ zuly: '0', slots: full }, 7, 20, 9)).toEqual({ code: 'no_space' });
    expect(takeOff({ zuly: '0', slots: full }, 7)).toEqual({ code: 'no_space' });
  });

  test('ammunition is loaded onto the same, in the place of another, and unloaded', () => {
    const quiver: Container = {
      zuly: '0',
      slots: { 132: thing('material/1', 'a', 100), 72: thing('material/1', 'b', 50) },
    };
    const more = worn(load(quiver, 0, 72, 1));
    expect(more.slots).toMatchObject({ 132: { count: 150 } });
    expect(Object.keys(more.slots)).toEqual(['132']);
    expect(worn(load(more, 0, 0, 1)).slots).toMatchObject({ 72: { count: 150 } });
    expect(load(quiver, 1, 72, 1)).toEqual({ code: 'wrong_type' });
    const shells = things({ 72: 'material/3', 134: 'material/3' });
    expect(worn(load(shells, 2, 72, MAX_LEVEL)).slots).toMatchObject({ 134: { count: 2 } });
    expect(load(quiver, 3, 72, 1)).toEqual({ code: 'bad_slot' });
    expect(load(quiver, 1, 0, 1)).toEqual({ code: 'empty_slot' });
  });

  test('never loses or doubles anything, whatever is asked', () => {
    const refs = world.items.map((item) => `${item.type}/${item.id}`);
    const slots = fc.integer({ min: -3, max: 142 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 139 }), fc.constantFrom(...refs)), {
          selector: ([slot]) => slot,
          maxLength: 60,
          size: 'max',
        }),
        fc.array(fc.tuple(fc.constantFrom('equip', 'off', 'load'), slots, slots), {
          maxLength: 20,
          size: 'max',
        }),
        (start, steps) => {
          const first = things(Object.fromEntries(start));
          let now = first;
          for (const [what, to, from] of steps) {
            const outcome =
              what === 'equip'
                ? equip(now, to, from, MAX_LEVEL)
                : what === 'off'
                  ? takeOff(now, to)
                  : load(now, to, from, MAX_LEVEL);
            if (outcome.code === 'ok') now = outcome.next;
          }
          expect(imbalance(holdingsOf(goodsOf(first)), holdingsOf(goodsOf(now)))).toBeNull();
        },
      ),
    );
  });

  test('every thing that can be worn fits exactly one place', () => {
    for (const data of world.items) {
      if (wornSlot(data) === null || data.type === 'material') continue;
      const inventory = things({ 20: `${data.type}/${data.id}` });
      const places = Array.from({ length: 140 }, (_, slot) => slot).filter(
        (slot) => equip(inventory, slot, 20, MAX_LEVEL).code === 'ok',
      );
      expect(places).toHaveLength(1);
      expect(ITEM_TYPES[data.type].slots as readonly number[]).toContain(places[0]);
    }
  });
});
