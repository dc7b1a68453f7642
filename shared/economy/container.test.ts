import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredItem } from '../sections/index.ts';
import { type Container, put, putWhole, swap, take, withMoney } from './container.ts';
import { goodsOf, holdingsOf, imbalance } from './holdings.ts';
import { MAX_MONEY } from './money.ts';
import { BANK_SLOTS, bagSlots, INVENTORY_SLOTS } from './places.ts';
import type { Goods } from './settlement.ts';
import { malformed } from './well-formed.ts';

let made = 0;
const uids = () => `made-${++made}`;

const stack = fc.record({
  kind: fc.constant('stack' as const),
  uid: fc.uuid(),
  type: fc.constantFrom(10, 11, 12),
  id: fc.integer({ min: 1, max: 3 }),
  count: fc.integer({ min: 1, max: 999 }),
});
const single = fc.record({
  kind: fc.constant('single' as const),
  uid: fc.uuid(),
  type: fc.integer({ min: 1, max: 9 }),
  id: fc.integer({ min: 1, max: 9 }),
  isCreated: fc.boolean(),
  gem: fc.constant(0),
  durability: fc.integer({ min: 0, max: 127 }),
  life: fc.integer({ min: 0, max: 1000 }),
  hasSocket: fc.boolean(),
  isAppraised: fc.boolean(),
  refine: fc.integer({ min: 0, max: 15 }),
});
const item: fc.Arbitrary<StoredItem> = fc.oneof(stack, single);
const ORDER = Array.from({ length: 8 }, (_, n) => 12 + n);

const container: fc.Arbitrary<Container> = fc
  .tuple(
    fc.bigInt(0n, MAX_MONEY),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...ORDER), item), { selector: ([slot]) => slot }),
  )
  .map(([money, slots]) => ({ zuly: money.toString(), slots: Object.fromEntries(slots) }));

const isSound = (one: Container) =>
  malformed({ parts: [{ kind: 'inventory', characterId: 'c', version: 1, epoch: null, next: one }] });
const differ = (left: readonly Goods[], right: readonly Goods[]) =>
  imbalance(holdingsOf(...left), holdingsOf(...right));

describe('what lies in a container', () => {
  test('is neither more nor less after something was taken out and put back', () => {
    fc.assert(
      fc.property(
        container,
        fc.constantFrom(...ORDER),
        fc.integer({ min: -1, max: 1000 }),
        (one, slot, count) => {
          const taken = take(one, slot, count, uids);
          if (taken.code !== 'ok') return;
          expect(differ([goodsOf(one)], [goodsOf(taken.rest), { items: [taken.item] }])).toBeNull();
          expect(isSound(taken.rest)).toBeNull();
          for (const placing of [put, putWhole]) {
            const back = placing(taken.rest, taken.item, ORDER);
            expect(back.code).toBe('ok');
            if (back.code !== 'ok') continue;
            expect(differ([goodsOf(one)], [goodsOf(back.into)])).toBeNull();
            expect(isSound(back.into)).toBeNull();
          }
        },
      ),
    );
  });

  test('grows by exactly what is put in, all of it or nothing', () => {
    fc.assert(
      fc.property(container, item, (one, more) => {
        const before = structuredClone(one);
        const placed = put(one, more, ORDER);
        expect(one).toEqual(before);
        if (placed.code === 'ok') {
          expect(differ([goodsOf(one), { items: [more] }], [goodsOf(placed.into)])).toBeNull();
          expect(isSound(placed.into)).toBeNull();
          expect(placed.slots.length).toBeGreaterThan(0);
          return;
        }
        expect(ORDER.every((slot) => one.slots[slot] !== undefined)).toBe(true);
      }),
    );
  });

  test('stays the same when two slots are exchanged', () => {
    fc.assert(
      fc.property(container, fc.constantFrom(...ORDER), fc.constantFrom(...ORDER), (one, a, b) => {
        const swapped = swap(one, a, b);
        expect(differ([goodsOf(one)], [goodsOf(swapped)])).toBeNull();
        expect(swap(swapped, a, b).slots).toEqual(one.slots);
      }),
    );
  });

  test('stacks to 999, the rest goes to the next place', () => {
    const potions = (uid: string, count: number) => ({ kind: 'stack', uid, type: 10, id: 1, count }) as const;
    const one: Container = { zuly: '0', slots: { 12: potions('a', 990), 14: potions('b', 998) } };
    const placed = put(one, potions('c', 20), [12, 13, 14]);
    expect(placed).toMatchObject({ code: 'ok', slots: [12, 14, 13] });
    if (placed.code !== 'ok') return;
    expect([12, 13, 14].map((slot) => placed.into.slots[slot])).toMatchObject([
      { count: 999 },
      { count: 10, uid: 'c' },
      { count: 999 },
    ]);
    expect(putWhole(one, potions('c', 20), [12, 13, 14])).toMatchObject({ code: 'ok', slots: [13] });
    expect(put(one, potions('c', 20), [12, 14])).toEqual({ code: 'no_space' });
  });

  test('has money from 0 to the largest that the wire can say', () => {
    const one: Container = { zuly: '10', slots: {} };
    expect(withMoney(one, -10n)?.zuly).toBe('0');
    expect(withMoney(one, -11n)).toBeUndefined();
    expect(withMoney(one, MAX_MONEY - 10n)?.zuly).toBe('9223372036854775807');
    expect(withMoney(one, MAX_MONEY - 9n)).toBeUndefined();
  });
});

describe('places', () => {
  test('a thing looks for room on the page of its kind first, then everywhere in the bag', () => {
    for (const [type, first] of [
      [8, 12],
      [10, 42],
      [12, 72],
      [14, 102],
    ] as const) {
      const order = bagSlots({ type });
      expect(order[0]).toBe(first);
      expect([...order].sort((a, b) => a - b)).toEqual(INVENTORY_SLOTS.filter((s) => s >= 12 && s <= 131));
    }
    expect([BANK_SLOTS[0], BANK_SLOTS.length]).toEqual([0, 160]);
  });
});

describe('the books', () => {
  const thing = (uid: string): StoredItem => ({
    kind: 'single',
    uid,
    type: 8,
    id: 1,
    isCreated: false,
    gem: 0,
    durability: 1,
    life: 1,
    hasSocket: false,
    isAppraised: true,
    refine: 0,
  });

  test('count money, stacks by kind and things one by one', () => {
    const potions = (count: number): StoredItem => ({
      kind: 'stack',
      uid: `p${count}`,
      type: 10,
      id: 1,
      count,
    });
    expect(differ([{ items: [potions(3), potions(4)] }], [{ items: [potions(7)] }])).toBeNull();
    expect(differ([{ items: [potions(3)] }], [{ items: [potions(4)] }])).toContain('stack 10/1');
    expect(differ([{ items: [thing('a')] }], [{ items: [thing('b')] }])).toContain('single');
    expect(differ([{ money: '5' }, { money: '6' }], [{ money: '11' }])).toBeNull();
    expect(differ([{ money: '5' }], [])).toContain('zuly');
  });

  test('find a thing that is there twice although both sides agree', () => {
    const twice = [{ items: [thing('a'), thing('a')] }];
    expect(differ(twice, twice)).toContain('2 times');
  });
});

describe('what no entity may hold', () => {
  const inventory = (next: Container) =>
    malformed({ parts: [{ kind: 'inventory', characterId: 'c', version: 1, epoch: null, next }] });
  const with1 = (slot: number, over: object) =>
    ({
      zuly: '0',
      slots: { [slot]: { kind: 'stack', uid: 'a', type: 10, id: 1, count: 1, ...over } as StoredItem },
    }) satisfies Container;

  test.each([
    ['negative money', { zuly: '-1', slots: {} }],
    ['money beyond the wire', { zuly: '9223372036854775808', slots: {} }],
    ['money that is no number', { zuly: '1e3', slots: {} }],
    ['slot 0', with1(0, {})],
    ['slot 140', with1(140, {})],
    ['an empty stack', with1(12, { count: 0 })],
    ['half an item', with1(12, { count: 1.5 })],
    ['a stack of 1,000', with1(12, { count: 1000 })],
    ['a type beyond 5 bits', with1(12, { type: 32 })],
    ['a thing without identity', with1(12, { uid: '' })],
    ['one identity twice', { zuly: '0', slots: { ...with1(12, {}).slots, ...with1(13, {}).slots } }],
  ])('%s', (_name, next) => {
    expect(inventory(next)).not.toBeNull();
  });

  test('one entity in two parts', () => {
    const part = { kind: 'bank', characterId: 'c', version: 0, next: { zuly: '0', slots: {} } } as const;
    expect(malformed({ parts: [part, part] })).toContain('twice');
    expect(malformed({ parts: [part, { ...part, characterId: 'd' }] })).toBeNull();
  });

  test('a place on the ground with nothing, with both, or with more money than a pile says', () => {
    const row = {
      map: 20,
      region: '1,1',
      id: 'x',
      x: 0,
      y: 0,
      ownerId: null,
      ownerObject: 0,
      droppedAt: 0,
      freeAt: 0,
      goneAt: 1,
    };
    const lying = (over: object) => malformed({ parts: [{ kind: 'ground-put', row: { ...row, ...over } }] });
    expect(lying({ money: '4294967295' })).toBeNull();
    expect(lying({})).not.toBeNull();
    expect(lying({ money: '0' })).not.toBeNull();
    expect(lying({ money: '4294967296' })).not.toBeNull();
    const stacked = with1(12, {}).slots[12];
    expect(lying({ money: '1', item: stacked })).not.toBeNull();
    expect(lying({ item: stacked })).toBeNull();
  });
});
