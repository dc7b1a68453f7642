import { beforeEach, describe, expect, it } from 'vitest';
import { world } from '../../shared/world/world.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { Market, stack, type Trader } from './testing/market.ts';

/** The herbalist of the town: tab 0 potions, tab 1 materials. */
const HERBALIST = { objectId: 3, x: 519_400, y: 518_300 };
const CONSUMABLE = 10;

const engine = useTestEngine();
let market: Market;
let anna: Trader;
let made = 0;

beforeEach(async () => {
  made += 1;
  market = new Market(engine.store);
  anna = await market.enter(`Anna${made}`, HERBALIST.x + 900, HERBALIST.y);
});

const buy = (tab: number, column: number, amount: number, npc = HERBALIST.objectId) =>
  market.run(
    anna,
    anna.test.packet('CLI_STORE_TRADE_REQ', {
      npc_id: npc,
      is_buy: 1,
      is_sell: 0,
      time: 0,
      item: { buy_tab_id: tab, buy_col_id: column, buy_amount: amount },
    }),
  );
const sell = (slot: number, amount: number) =>
  market.run(
    anna,
    anna.test.packet('CLI_STORE_TRADE_REQ', {
      npc_id: HERBALIST.objectId,
      is_buy: 0,
      is_sell: 1,
      time: 0,
      item: { sell_inventory_idx: slot, sell_amount: amount },
    }),
  );
const inventory = () => market.inventoryOf(anna.characterId);
const last = () => anna.shown.at(-1);

describe('the store of a figure', () => {
  it('sells what it has for money', async () => {
    const before = await inventory();
    const result = await buy(1, 0, 3);
    expect(result.names).toEqual(['SRV_SET_MONEY_AND_ITEM']);
    const after = await inventory();
    const price = world.itemByRef('material/11')?.price ?? 0;
    expect(BigInt(before.zuly) - BigInt(after.zuly)).toBe(BigInt(price * 3));
    expect(Object.values(after.slots)).toContainEqual(
      expect.objectContaining({ type: 12, id: 11, count: 3 }),
    );
    expect(last()?.payload).toMatchObject({ zuly: after.zuly });
  });

  it('buys at 30 % of the price, and what it bought is gone', async () => {
    await market.give(anna, { '60': stack(`m${made}`, 12, 11, 10) });
    const price = world.itemByRef('material/11')?.price ?? 0;
    const before = await inventory();
    await sell(60, 4);
    const after = await inventory();
    expect(after.slots['60']).toMatchObject({ count: 6 });
    expect(BigInt(after.zuly) - BigInt(before.zuly)).toBe(BigInt(Math.floor(price * 0.3) * 4));
  });

  it('divides what it sells into stacks and single things', async () => {
    await market.give(anna, {}, '100000000');
    await buy(0, 0, 1_500);
    const potions = Object.values((await inventory()).slots).filter(
      (item) => item.type === CONSUMABLE && item.id === 1,
    );
    expect(potions.map((item) => (item.kind === 'stack' ? item.count : 0)).sort((a, b) => a - b)).toSatisfy(
      (counts: number[]) =>
        counts.reduce((sum, count) => sum + count, 0) >= 1_500 && Math.max(...counts) === 999,
    );
  });

  it.each([
    ['an unknown figure', () => buy(0, 0, 1, 99), 2, 'no_store'],
    ['a figure of another map', () => buy(0, 0, 1, 1004), 2, 'no_store'],
    ['a tab that does not exist', () => buy(7, 0, 1), 2, 'not_sold_here'],
    ['a column that does not exist', () => buy(0, 200, 1), 2, 'not_sold_here'],
    ['a figure too far away', () => buy(0, 0, 1, 1), 3, 'too_far'],
    ['too little money', () => buy(0, 0, 65_535), 4, 'too_little_money'],
  ])('refuses %s', async (_what, act, code, reason) => {
    const before = await inventory();
    await act();
    expect(last()).toEqual({ name: 'SRV_STORE_TRADE_REPLY', payload: { result: code } });
    expect(anna.refusals).toEqual([reason]);
    expect(await inventory()).toEqual(before);
  });

  it.each([
    ['nothing', () => buy(0, 0, 0), 'bad_amount'],
    ['an empty slot', () => sell(99, 1), 'empty_slot'],
    ['a worn thing', () => sell(3, 1), 'empty_slot'],
    ['more than there is', () => sell(12, 65_535), 'too_few'],
    ['no part of a thing', () => sell(12, 0), 'too_few'],
  ])('has no code for %s, and does nothing', async (_what, act, reason) => {
    const before = await inventory();
    await act();
    expect(anna.shown).toEqual([]);
    expect(anna.refusals).toEqual([reason]);
    expect(await inventory()).toEqual(before);
  });

  it('does not sell what finds no room', async () => {
    const filling = Array.from({ length: 120 }, (_, n) => [`${12 + n}`, stack(`f${made}-${n}`, 13, 1, 1)]);
    await market.give(anna, Object.fromEntries(filling), '100000');
    const before = await inventory();
    await buy(1, 0, 1);
    expect(anna.refusals).toEqual(['no_space']);
    expect(await inventory()).toEqual(before);
  });

  it('neither buys things of a quest, nor what lies in the own shop', async () => {
    await market.give(anna, { '60': stack(`q${made}`, 13, 1, 1), '61': stack(`r${made}`, 12, 11, 5) });
    await sell(60, 1);
    expect(last()?.payload).toEqual({ result: 1 });
    const item = { header: { type: 12, id: 11 }, data: { count: 5 } };
    const items = [{ index: 61, item, price: 7 }];
    await market.run(anna, anna.test.packet('CLI_SHOP_OPEN', { sell_count: 1, wishlist_count: 0, items }));
    await sell(61, 1);
    expect(anna.refusals).toEqual(['no_price', 'reserved']);
  });

  it('is closed to the dead, and to who is not in the world', async () => {
    anna.test.connection.sections.vitals = { hp: 0, mp: 0, at: 0, combatAt: 0 };
    await buy(0, 0, 1);
    delete anna.test.connection.sections.presence;
    await buy(0, 0, 1);
    expect(anna.refusals).toEqual(['dead', 'not_in_world']);
  });

  it('shows what is there when nobody knows whether the deal was settled', async () => {
    market.fault = 'down_after';
    const result = await buy(0, 0, 1);
    expect(result.refused).toBe('service_down');
    expect(result.signal('items.changed').to).toBe('self');
  });
});
