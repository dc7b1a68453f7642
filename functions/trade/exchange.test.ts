import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodsOf, holdingsOf, imbalance, uidsOf } from '../../shared/economy/index.ts';
import type { InventorySection, StoredItem, TradeOffer } from '../../shared/sections/index.ts';
import { exchange } from './exchange.ts';
import { offering } from './offering.ts';

const stack = (uid: string, count: number, id = 11): StoredItem => ({
  kind: 'stack',
  uid,
  type: 12,
  id,
  count,
});
const thing = (uid: string): StoredItem => ({
  kind: 'single',
  uid,
  type: 8,
  id: 1,
  isCreated: false,
  gem: 0,
  durability: 50,
  life: 1000,
  hasSocket: false,
  isAppraised: true,
  refine: 0,
});
const inventory = (zuly: number, slots: Record<string, StoredItem>): InventorySection => ({
  version: 1,
  zuly: String(zuly),
  slots,
});
const NOTHING: TradeOffer = { revision: 0, items: {}, money: 0 };

/** An inventory of the owner, and an offer that was made of it by the rules. */
const party = (owner: string) =>
  fc
    .record({
      zuly: fc.nat(1_000),
      stacks: fc.uniqueArray(
        fc.record({
          slot: fc.integer({ min: 12, max: 131 }),
          count: fc.integer({ min: 1, max: 999 }),
          id: fc.constantFrom(11, 12),
        }),
        {
          maxLength: 8,
          selector: ({ slot }) => slot,
        },
      ),
      things: fc.uniqueArray(fc.integer({ min: 12, max: 131 }), { maxLength: 8 }),
      money: fc.nat(1_000),
      amounts: fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 10 }),
    })
    .map(({ zuly, stacks, things, money, amounts }) => {
      const slots: Record<string, StoredItem> = {};
      for (const slot of things) slots[slot] = thing(`${owner}-t${slot}`);
      for (const { slot, count, id } of stacks) slots[slot] = stack(`${owner}-s${slot}`, count, id);
      const own = inventory(zuly, slots);
      let offer = NOTHING;
      const put = (slot: number, index: number, amount: number) => {
        const made = offering(offer, own, { slot, index, amount });
        if ('change' in made) offer = { ...offer, ...made.change };
      };
      put(10, 0, money);
      for (const [n, amount] of amounts.entries()) put(n, Number(Object.keys(slots)[n] ?? 0), amount);
      return { inventory: own, offer };
    });

describe('an exchange', () => {
  it('keeps the books balanced whatever is offered, and gives each what the other offered', () => {
    let done = 0;
    fc.assert(
      fc.property(party('a'), party('b'), (one, other) => {
        const after = exchange(one, other, uidsOf('t'));
        // With so few things there is always room for all.
        expect(after.code).toBe('ok');
        if (after.code !== 'ok') return;
        done += 1;
        const before = holdingsOf(goodsOf(one.inventory), goodsOf(other.inventory));
        expect(imbalance(before, holdingsOf(goodsOf(after.one), goodsOf(after.other)))).toBeNull();
        const moved = BigInt(other.offer.money - one.offer.money);
        expect(BigInt(after.one.zuly) - BigInt(one.inventory.zuly)).toBe(moved);
        const given = (offer: TradeOffer) => Object.values(offer.items).map(({ item }) => item);
        const gained = holdingsOf(goodsOf(one.inventory), {
          items: given(other.offer),
          money: `${other.offer.money}`,
        });
        const left = holdingsOf(goodsOf(after.one), { items: given(one.offer), money: `${one.offer.money}` });
        expect(imbalance(gained, left)).toBeNull();
        for (const container of [after.one, after.other]) {
          const uids = Object.values(container.slots).map(({ uid }) => uid);
          expect(new Set(uids).size).toBe(uids.length);
        }
      }),
    );
    expect(done).toBeGreaterThan(50);
  });

  const offers = (from: number, item: StoredItem): TradeOffer => ({
    ...NOTHING,
    items: { '0': { from, item } },
  });
  const nobody = { inventory: inventory(0, {}), offer: NOTHING };

  it.each([
    ['the slot is empty', {}],
    ['another thing lies there', { '20': thing('b') }],
    ['it was changed meanwhile', { '20': { ...thing('a'), refine: 3 } }],
    ['it was put on', { '7': thing('a') }],
  ])('does not happen when %s', (_what, slots) => {
    const one = {
      inventory: inventory(0, slots as Record<string, StoredItem>),
      offer: offers(20, thing('a')),
    };
    expect(exchange(one, nobody, uidsOf('t'))).toEqual({ code: 'offer_gone' });
    expect(exchange(nobody, one, uidsOf('t'))).toEqual({ code: 'offer_gone' });
  });

  it('does not happen when less is left of a stack or of money than was offered', () => {
    const few = { inventory: inventory(0, { '20': stack('a', 4) }), offer: offers(20, stack('a', 5)) };
    expect(exchange(few, nobody, uidsOf('t')).code).toBe('offer_gone');
    const poor = { inventory: inventory(99, {}), offer: { ...NOTHING, money: 100 } };
    expect(exchange(nobody, poor, uidsOf('t')).code).toBe('offer_gone');
  });

  it('makes room by what is given away', () => {
    const full: Record<string, StoredItem> = {};
    for (let slot = 12; slot <= 131; slot += 1) full[slot] = thing(`x${slot}`);
    const one = { inventory: inventory(0, full), offer: offers(20, thing('x20')) };
    const other = { inventory: inventory(0, { '30': thing('y') }), offer: offers(30, thing('y')) };
    const swapped = exchange(one, other, uidsOf('t'));
    expect(swapped.code === 'ok' && swapped.one.slots['20']?.uid).toBe('y');
    expect(exchange({ ...one, offer: NOTHING }, other, uidsOf('t'))).toEqual({ code: 'no_space' });
  });

  it('does not overflow a purse', () => {
    const rich = { inventory: { ...inventory(0, {}), zuly: (2n ** 63n - 1n).toString() }, offer: NOTHING };
    const one = { inventory: inventory(5, {}), offer: { ...NOTHING, money: 5 } };
    expect(exchange(rich, one, uidsOf('t'))).toEqual({ code: 'no_space' });
  });
});
