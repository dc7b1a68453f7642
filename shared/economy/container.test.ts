import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredItem } from '../sections/index.ts';
import { type Container, countOf, put, putWhole, swap, take, withMoney } from './container.ts';
import { goodsOf, holdingsOf, imbalance } from './holdings.ts';
import { MAX_MONEY } from './money.ts';
import { BANK_SLOTS, bagSlots, INVENTORY_SLOTS, isBagSlot } from './places.ts';
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
          expect(countOf(taken.item)).toBe(count);
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

  test('is taken by the piece, never more than is there', () => {
    fc.assert(
      fc.property(container, fc.constantFrom(...ORDER), (one, slot) => {
        const there = one.slots[slot];
        const most = there?.kind === 'stack' ? there.count : Number(there !== undefined);
        for (const count of [1, most].filter((n) => n <= most && n > 0)) {
          expect(take(one, slot, count, uids)).toMatchObject({ code: 'ok' });
        }
        const refused = there === undefined ? 'empty_slot' : 'too_few';
        for (const count of [most + 1, 0, -1, 0.5]) expect(take(one, slot, count, uids).code).toBe(refused);
      }),
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

  test('does not name a stack that was full already, nor change it', () => {
    const potions = (uid: string, count: number) => ({ kind: 'stack', uid, type: 10, id: 1, count }) as const;
    const one: Container = { zuly: '0', slots: { 12: potions('a', 999) } };
    for (const placing of [put, putWhole]) {
      expect(placing(one, potions('b', 5), [12, 13])).toMatchObject({ code: 'ok', slots: [13] });
      expect(placing(one, potions('b', 5), [12])).toEqual({ code: 'no_space' });
    }
  });

  test('is told by the one slot that took it whole', () => {
    const potions = (uid: string, count: number) => ({ kind: 'stack', uid, type: 10, id: 1, count }) as const;
    const one: Container = { zuly: '0', slots: { 13: potions('a', 1) } };
    expect(putWhole(one, potions('b', 998), [12, 13])).toMatchObject({
      slots: [13],
      into: { slots: { 13: { uid: 'a', count: 999 } } },
    });
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
    expect([11, 12, 131, 132, 12.5].map(isBagSlot)).toEqual([false, true, true, false, false]);
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
    expect(differ([{ money: '1' }], [])).toContain('zuly');
  });

  test('find what is on one side only, whichever it is', () => {
    for (const goods of [{ money: '1' }, { items: [thing('a')] }]) {
      expect(differ([goods], [])).toContain('1 before and made, 0 after');
      expect(differ([], [goods])).toContain('0 before and made, 1 after');
    }
  });

  test('find a thing that is there twice although both sides agree', () => {
    const twice = [{ items: [thing('a'), thing('a')] }];
    expect(differ(twice, twice)).toContain('2 times');
  });
});
