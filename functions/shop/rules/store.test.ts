import { describe, expect, it } from 'vitest';
import { type Container, uidsOf } from '../../../shared/economy/index.ts';
import type { StoredItem } from '../../../shared/sections/index.ts';
import type { NpcData } from '../../../shared/world/schema/npcs.ts';
import { newItem } from '../../../shared/world/starter-inventory.ts';
import { world } from '../../../shared/world/world.ts';
import { buy, sell } from './store.ts';

function itemOf(ref: string, uid: string, count = 1): StoredItem {
  const data = world.itemByRef(ref);
  if (data === undefined) throw new Error(ref);
  return newItem(data, count, uid);
}
const priceOf = (ref: string) => world.itemByRef(ref)?.price ?? 0;
const purse = (zuly: string, slots: Record<string, StoredItem> = {}): Container => ({ zuly, slots });

const smith = [...world.npcs.values()].find(({ shop }) => shop[0]?.items[0] === 'weapon/1') as NpcData;
const purchase = (amount: number, inventory = purse('1000000')) =>
  buy(smith, 100, inventory, { tab: 0, column: 0, amount }, uidsOf('buy'));

describe('a figure', () => {
  it('sells things that do not stack one by one, each with an identity of its own', () => {
    const deal = purchase(3);
    if ('refused' in deal) throw new Error(deal.refused);
    const bought = Object.values(deal.next.slots);
    expect(bought.map(({ kind }) => kind)).toEqual(['single', 'single', 'single']);
    expect(new Set(bought.map(({ uid }) => uid)).size).toBe(3);
    expect(deal.minted).toEqual([{ reason: 'npc_sale', items: bought }]);
    expect(1_000_000n - BigInt(deal.next.zuly)).toBe(BigInt(3 * priceOf('weapon/1')));
  });

  it('sells to the last coin and the last slot, and not beyond', () => {
    const price = priceOf('weapon/1');
    expect(purchase(1, purse(String(price)))).toMatchObject({ next: { zuly: '0' } });
    expect(purchase(1, purse(String(price - 1)))).toMatchObject({ refused: 'too_little_money' });
    expect('refused' in purchase(120)).toBe(false);
    expect(purchase(121)).toEqual({ refused: 'no_space' });
  });

  it('buys neither what has no price nor what belongs to a quest', () => {
    const inventory = purse('0', { 12: itemOf('quest/1', 'q') });
    expect(sell(100, inventory, { slot: 12, amount: 1 }, new Set(), uidsOf('sell'))).toMatchObject({
      refused: 'no_price',
    });
    const unknown = { ...itemOf('material/11', 'u'), id: 1023 };
    expect(
      sell(100, purse('0', { 12: unknown }), { slot: 12, amount: 1 }, new Set(), uidsOf('sell')),
    ).toMatchObject({ refused: 'no_price' });
  });

  it('buys no more than the purse of the seller can hold', () => {
    const full = purse((2n ** 63n - 1n).toString(), { 12: itemOf('weapon/8', 'w') });
    expect(sell(100, full, { slot: 12, amount: 1 }, new Set(), uidsOf('sell'))).toEqual({
      refused: 'too_much_money',
    });
  });
});
