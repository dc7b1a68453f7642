import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodsOf, holdingsOf, imbalance, uidsOf } from '../../../shared/economy/index.ts';
import type { InventorySection, ShopGoods, ShopWish, StoredItem } from '../../../shared/sections/index.ts';
import { buyFrom, less, sellTo, type Wanted } from './deals.ts';

const TYPE = 12;
const stack = (uid: string, id: number, count: number): StoredItem => ({
  kind: 'stack',
  uid,
  type: TYPE,
  id,
  count,
});
const inventory = (zuly: number, items: readonly StoredItem[]): InventorySection => ({
  version: 1,
  zuly: String(zuly),
  slots: Object.fromEntries(items.map((item, n) => [String(20 + n), item])),
});
const amount = fc.integer({ min: 1, max: 999 });
const price = fc.integer({ min: 1, max: 50 });
const line = fc.record({ id: fc.constantFrom(11, 12, 13), count: amount, offered: amount, price });
const asked = fc.array(fc.record({ line: fc.nat(4), count: amount }), { minLength: 1, maxLength: 6 });

describe('a purchase', () => {
  it('keeps the books balanced, costs what it says, and never takes more than was offered', () => {
    let done = 0;
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        asked,
        fc.nat(200_000),
        (lines, wants, zuly) => {
          const owner = inventory(
            0,
            lines.map(({ id, count }, n) => stack(`o${n}`, id, count)),
          );
          const goods = lines.map(({ count, offered, price: each }, n): ShopGoods => {
            const left = Math.min(count, offered);
            const item = owner.slots[20 + n] ?? stack('none', 1, 1);
            return { from: 20 + n, item, left, kept: count - left, price: each };
          });
          const wanted = wants.map(
            ({ line: index, count }): Wanted => ({
              line: index,
              from: 0,
              type: TYPE,
              id: lines[index]?.id ?? 11,
              count,
            }),
          );
          const before = { owner, visitor: inventory(zuly, []) };
          const dealt = buyFrom({ goods }, before, wanted, uidsOf('t'));
          const cost = (fills: readonly { line: number; count: number }[]) =>
            fills.reduce((sum, fill) => sum + (goods[fill.line]?.price ?? 0) * fill.count, 0);
          if (dealt.code !== 'ok') {
            expect(['nothing_left', 'too_little_money']).toContain(dealt.code);
            return;
          }
          done += 1;
          const sides = (pair: { owner: typeof dealt.owner; visitor: typeof dealt.visitor }) =>
            holdingsOf(goodsOf(pair.owner), goodsOf(pair.visitor));
          expect(imbalance(sides(before), sides(dealt))).toBeNull();
          expect(Number(dealt.owner.zuly)).toBe(cost(dealt.fills));
          const after = less(goods, dealt.fills);
          for (const [n, one] of after.entries()) {
            expect(one.left).toBeGreaterThanOrEqual(0);
            const there = dealt.owner.slots[one.from];
            expect(there?.kind === 'stack' ? there.count : 0).toBe(one.left + one.kept);
            expect(one.kept).toBe(goods[n]?.kept);
          }
          expect(dealt.partial).toBe(sumOf(dealt.fills) < sumOf(wanted));
        },
      ),
    );
    expect(done).toBeGreaterThan(20);
  });
});

describe('a sale to a shop', () => {
  it('keeps the books balanced, and never buys more than is wanted or can be paid', () => {
    let done = 0;
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        asked,
        fc.nat(20_000),
        (lines, wants, zuly) => {
          const visitor = inventory(
            0,
            lines.map(({ id, count }, n) => stack(`v${n}`, id, count)),
          );
          const wishes = lines.map(
            ({ id, offered, price: each }): ShopWish => ({ type: TYPE, id, left: offered, price: each }),
          );
          const wanted = wants.map(({ line: number, count }): Wanted => {
            const index = number % lines.length;
            return { line: index, from: 20 + index, type: TYPE, id: lines[index]?.id ?? 11, count };
          });
          const before = { owner: inventory(zuly, []), visitor };
          const dealt = sellTo({ wishes }, before, wanted, uidsOf('t'));
          if (dealt.code !== 'ok') {
            expect(['nothing_left', 'too_few']).toContain(dealt.code);
            return;
          }
          done += 1;
          const sides = (pair: { owner: typeof dealt.owner; visitor: typeof dealt.visitor }) =>
            holdingsOf(goodsOf(pair.owner), goodsOf(pair.visitor));
          expect(imbalance(sides(before), sides(dealt))).toBeNull();
          expect(BigInt(dealt.owner.zuly)).toBeGreaterThanOrEqual(0n);
          for (const [n, one] of less(wishes, dealt.fills).entries()) {
            const bought = dealt.fills.filter((fill) => fill.line === n);
            expect(one.left).toBe((wishes[n]?.left ?? 0) - sumOf(bought));
            expect(one.left).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(done).toBeGreaterThan(20);
  });
});

function sumOf(all: readonly { readonly count: number }[]): number {
  return all.reduce((sum, { count }) => sum + count, 0);
}
