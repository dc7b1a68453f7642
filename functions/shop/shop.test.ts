import { beforeEach, describe, expect, it } from 'vitest';
import { ShopBuySellResult } from '../../shared/protocol/packets.generated.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { Market, stack, type Trader } from './testing/market.ts';

const MATERIAL = 12;
const ORE = { header: { type: MATERIAL, id: 11 } };
const HIDE = { header: { type: MATERIAL, id: 12 } };
const of = (what: typeof ORE, count: number) => ({ ...what, data: { count } });

const engine = useTestEngine();
let market: Market;
/** Keeps the shop. */
let olga: Trader;
/** Visits it. */
let vera: Trader;
let made = 0;

beforeEach(async () => {
  made += 1;
  market = new Market(engine.store);
  olga = await market.enter(`Olga${made}`);
  vera = await market.enter(`Vera${made}`, 520_500);
  await market.give(olga, { '60': stack(`ore${made}`, MATERIAL, 11, 10) });
  await market.give(vera, { '70': stack(`hide${made}`, MATERIAL, 12, 8) });
});

interface Line {
  readonly index: number;
  readonly item: ReturnType<typeof of>;
  readonly price: number;
}
const open = (goods: readonly Line[], wishes: readonly Line[] = [], who = olga) =>
  market.run(
    who,
    who.test.packet('CLI_SHOP_OPEN', {
      sell_count: goods.length,
      wishlist_count: wishes.length,
      items: [...goods, ...wishes],
    }),
  );
/** 6 of the 10 for 50 each; 3 hides wanted for 40 each. */
const openUsual = () =>
  open([{ index: 60, item: of(ORE, 6), price: 50 }], [{ index: 0, item: of(HIDE, 3), price: 40 }]);
const buy = (index: number, count: number, item = ORE, who = vera) =>
  market.run(
    who,
    who.test.packet('CLI_SHOP_BUY_REQ', {
      id: olga.objectId,
      count: 1,
      items: [{ index, item: of(item, count) }],
    }),
  );
const sell = (slot: number, wish: number, count: number, item = HIDE) =>
  market.run(
    vera,
    vera.test.packet('CLI_SHOP_SELL_REQ', {
      id: olga.objectId,
      count: 1,
      items: [{ inventory_index: slot, wishlist_index: wish, item: of(item, count) }],
    }),
  );
const holds = async ({ characterId }: Trader) => {
  const { zuly, slots } = await market.inventoryOf(characterId);
  const count = (id: number) =>
    Object.values(slots).reduce(
      (sum, item) =>
        item.kind === 'stack' && item.type === MATERIAL && item.id === id ? sum + item.count : sum,
      0,
    );
  return { zuly, ore: count(11), hides: count(12) };
};
const outcome = ({ shown }: Trader) =>
  shown.findLast(({ name }) => name === 'SRV_SHOP_BUYSELL_REPLY')?.payload;

describe('who cannot deal', () => {
  it('opens no shop either: the window that its client has opened is closed', async () => {
    olga.test.connection.sections.vitals = { hp: 0, mp: 0, at: 0, combatAt: 0 };
    const result = await openUsual();
    expect(result.reply('SRV_SHOP_CLOSE')).toEqual({ id: olga.objectId });
    expect(olga.refusals).toEqual(['dead']);
  });

  it('is told that nothing came of it', async () => {
    await openUsual();
    vera.test.connection.sections.vitals = { hp: 0, mp: 0, at: 0, combatAt: 0 };
    await buy(0, 1);
    await sell(70, 0, 1);
    const nothing = { id: olga.objectId, result: ShopBuySellResult.NULL, count: 0 };
    vera.test.connection.stage = 'lobby';
    await buy(0, 1);
    expect(vera.shown.map(({ payload }) => payload)).toMatchObject([nothing, nothing, { ...nothing, id: 0 }]);
    expect(vera.refusals).toEqual(['dead', 'dead', 'wrong_stage']);
  });
});

describe('who has looked at a shop', () => {
  const look = () => market.run(vera, vera.test.packet('CLI_SHOP_LIST_REQ', { id: olga.objectId }));
  const reopen = async (price: number) => {
    await market.run(olga, olga.test.packet('CLI_SHOP_CLOSE', {}));
    await open([{ index: 60, item: of(ORE, 6), price }]);
  };

  it('does not pay other prices than it has seen: the shop has been opened anew since', async () => {
    await openUsual();
    await look();
    await reopen(51);
    const before = await holds(vera);
    await buy(0, 1);
    expect(outcome(vera)).toMatchObject({ id: olga.objectId, result: ShopBuySellResult.NULL });
    expect(olga.refusals).toEqual(['not_as_seen']);
    expect(await holds(vera)).toEqual(before);
    await look();
    await buy(0, 1);
    expect(outcome(vera)?.result).toBe(ShopBuySellResult.BUY_ALL);
    await buy(0, 1);
    expect(outcome(vera)?.result).toBe(ShopBuySellResult.BUY_ALL);
    expect((await holds(vera)).ore).toBe(before.ore + 2);
  });

  it('deals elsewhere all the same', async () => {
    await openUsual();
    const dora = await market.enter(`Dora${made}`, 520_200);
    await market.give(dora, { '60': stack(`coal${made}`, MATERIAL, 11, 1) });
    await open([{ index: 60, item: of(ORE, 1), price: 5 }], [], dora);
    await look();
    const items = [{ index: 0, item: of(ORE, 1) }];
    await market.run(vera, vera.test.packet('CLI_SHOP_BUY_REQ', { id: dora.objectId, count: 1, items }));
    expect(outcome(vera)).toMatchObject({ id: dora.objectId, result: ShopBuySellResult.BUY_ALL });
  });
});

describe('a shop', () => {
  it('opens for all who see its owner, and whoever comes later', async () => {
    const result = await openUsual();
    const { name } = olga.test.sections.character ?? {};
    expect(result.reply('SRV_SHOP_OPEN')).toEqual({ id: olga.objectId, name });
    expect(result.raw.objects).toMatchObject([
      {
        object: `20/${olga.objectId}/shop`,
        place: {
          topic: 'map/20/208,208',
          appear: { name: 'SRV_SHOP_OPEN', payload: { id: olga.objectId, name } },
          vanish: { name: 'SRV_SHOP_CLOSE', payload: { id: olga.objectId } },
        },
      },
    ]);
    await openUsual();
    expect(olga.refusals).toEqual(['shop_is_open']);
  });

  it.each([
    ['an empty slot', { index: 99, item: of(ORE, 1), price: 1 }, 'empty_slot'],
    ['a worn thing', { index: 3, item: of(ORE, 1), price: 1 }, 'empty_slot'],
    ['another item than lies there', { index: 60, item: of(HIDE, 1), price: 1 }, 'other_item'],
    ['more than lie there', { index: 60, item: of(ORE, 11), price: 1 }, 'too_few'],
    ['none', { index: 60, item: of(ORE, 0), price: 1 }, 'too_few'],
    ['a gift', { index: 60, item: of(ORE, 1), price: 0 }, 'bad_price'],
  ])('is not opened for %s', async (_what, line, reason) => {
    const result = await open([line]);
    expect(result.names).toEqual(['SRV_SHOP_CLOSE']);
    expect(result.raw.objects).toBeUndefined();
    expect(olga.refusals).toEqual([reason]);
  });

  it('is not opened for wrong counts, unknown wishes, or one slot twice', async () => {
    const line = { index: 60, item: of(ORE, 1), price: 1 };
    await market.run(
      olga,
      olga.test.packet('CLI_SHOP_OPEN', { sell_count: 2, wishlist_count: 0, items: [line] }),
    );
    await market.run(
      olga,
      olga.test.packet('CLI_SHOP_OPEN', { sell_count: 0, wishlist_count: 0, items: [] }),
    );
    await open([line, line]);
    await open([], [{ index: 0, item: of({ header: { type: 12, id: 1000 } }, 1), price: 1 }]);
    await open(
      [],
      Array.from({ length: 31 }, () => ({ index: 0, item: of(HIDE, 1), price: 1 })),
    );
    expect(olga.refusals).toEqual([
      'bad_count',
      'bad_count',
      'already_offered',
      'unknown_item',
      'too_many_lines',
    ]);
  });

  it('is not opened while trading or walking', async () => {
    olga.test.connection.sections.trade = { id: 't' };
    await openUsual();
    delete olga.test.connection.sections.trade;
    const position = { map: 20, x: 520_000, y: 520_000, to: { x: 521_000, y: 520_000 }, speed: 400 };
    olga.test.connection.sections.position = { ...position, start: olga.test.now, gait: 'run', targetId: 0 };
    await openUsual();
    expect(olga.refusals).toEqual(['trading', 'walking']);
  });

  it('lists what is for sale and what is wanted', async () => {
    await openUsual();
    const id = olga.objectId;
    const expected = {
      sell_count: 1,
      wishlist_count: 1,
      items: [
        { index: 0, item: { header: { type: 12, id: 11 }, data: { count: 6 } }, price: 50 },
        { index: 0, item: { header: { type: 12, id: 12 }, data: { count: 3 } }, price: 40 },
      ],
    };
    await market.run(vera, vera.test.packet('CLI_SHOP_LIST_REQ', { id }));
    expect(vera.shown).toMatchObject([{ name: 'SRV_SHOP_LIST_REPLY', payload: expected }]);
    const own = await market.run(olga, olga.test.packet('CLI_SHOP_LIST_REQ', { id }));
    expect(own.reply('SRV_SHOP_LIST_REPLY')).toMatchObject(expected);
    const dora = await market.enter(`Dora${made}`, 521_001);
    await market.run(dora, dora.test.packet('CLI_SHOP_LIST_REQ', { id }));
    expect(dora.shown).toEqual([]);
    expect(olga.refusals).toEqual(['too_far']);
  });

  it('that does not exist is told to be closed', async () => {
    for (const id of [olga.objectId, 60_000])
      await market.run(vera, vera.test.packet('CLI_SHOP_LIST_REQ', { id }));
    expect(vera.shown).toEqual([
      { name: 'SRV_SHOP_CLOSE', payload: { id: olga.objectId } },
      { name: 'SRV_SHOP_CLOSE', payload: { id: 60_000 } },
    ]);
    await market.run(
      vera,
      vera.test.packet('CLI_SHOP_BUY_REQ', { id: 60_000, count: 1, items: [{ index: 0, item: of(ORE, 1) }] }),
    );
    expect(vera.shown.slice(2).map(({ name }) => name)).toEqual(['SRV_SHOP_BUYSELL_REPLY', 'SRV_SHOP_CLOSE']);
    expect(vera.test.timers).toEqual([]);
  });

  it('closes when its owner says so, walks away, dies, leaves or is stopped', async () => {
    await openUsual();
    const result = await market.run(olga, olga.test.packet('CLI_SHOP_CLOSE', {}));
    expect(result.reply('SRV_SHOP_CLOSE')).toEqual({ id: olga.objectId });
    expect(result.raw.objects).toEqual([{ object: `20/${olga.objectId}/shop`, place: null }]);
    expect(olga.test.timers).toEqual([]);
    await market.run(olga, olga.test.packet('CLI_SHOP_CLOSE', {}));
    expect(olga.refusals).toEqual(['no_shop']);

    const { sections } = olga.test.connection;
    const { position, presence, vitals } = sections;
    const away = async (change: () => void) => {
      await openUsual();
      await olga.test.advance(10_000);
      expect(olga.test.sections.shop).toBeDefined();
      change();
      await olga.test.advance(2_000);
      expect(olga.test.sections.shop).toBeUndefined();
      Object.assign(sections, { position, presence, vitals });
    };
    await away(() => Object.assign(sections, { position: { ...position, x: 520_060 } }));
    await away(() => Object.assign(sections, { vitals: { ...vitals, hp: 0 } }));
    await away(() => {
      delete sections.presence;
    });
    for (const signal of ['shop.stop', 'edge.closing']) {
      await openUsual();
      expect((await olga.test.signal(signal)).names).toEqual(['SRV_SHOP_CLOSE']);
    }
  });
});

describe('buying', () => {
  beforeEach(openUsual);

  it('moves goods and money of both in one', async () => {
    await buy(0, 4);
    expect(await holds(olga)).toEqual({ zuly: '1200', ore: 6, hides: 0 });
    expect(await holds(vera)).toEqual({ zuly: '800', ore: 4, hides: 8 });
    const reply = { id: olga.objectId, result: ShopBuySellResult.BUY_ALL, count: 1 };
    for (const person of [olga, vera]) {
      expect(person.shown.slice(-2).map(({ name }) => name)).toEqual([
        'SRV_SET_MONEY_AND_ITEM',
        'SRV_SHOP_BUYSELL_REPLY',
      ]);
      expect(outcome(person)).toMatchObject({ ...reply, items: [{ index: 0, item: of(ORE, 2) }] });
    }
    expect(vera.test.timers).toEqual([]);
  });

  it('more than is left takes what is left, then it is sold out', async () => {
    await buy(0, 4);
    await buy(0, 4);
    expect(outcome(vera)).toMatchObject({
      result: ShopBuySellResult.BUY_PARTIAL,
      items: [{ index: 0, item: {} }],
    });
    expect(await holds(vera)).toEqual({ zuly: '700', ore: 6, hides: 8 });
    await buy(0, 1);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.SOLD_OUT, count: 0 });
    expect(await holds(olga)).toMatchObject({ zuly: '1300', ore: 4 });
    await market.run(vera, vera.test.packet('CLI_SHOP_LIST_REQ', { id: olga.objectId }));
    expect(vera.shown.at(-1)?.payload).toMatchObject({ sell_count: 0, wishlist_count: 1 });
  });

  it('never touches what the owner has kept back, whatever became of the rest', async () => {
    await market.give(olga, { '60': stack(`ore${made}`, MATERIAL, 11, 5) });
    await buy(0, 6);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.BUY_PARTIAL });
    expect(await holds(vera)).toMatchObject({ ore: 1 });
    await market.give(olga, { '60': stack(`other${made}`, MATERIAL, 11, 99) });
    await buy(0, 1);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.SOLD_OUT });
  });

  it.each([
    ['without the money', '199', 0, 4, 'too_little_money'],
    ['a line that does not exist', '1000', 7, 1, 'nothing_left'],
  ])('%s moves nothing', async (_what, zuly, index, count, reason) => {
    await market.give(vera, {}, zuly);
    await buy(index, count);
    expect(olga.refusals).toEqual([reason]);
    expect(outcome(vera)).toMatchObject({ count: 0 });
    expect(await holds(vera)).toEqual({ zuly, ore: 0, hides: 8 });
  });

  it('by another name than the line has, of nothing, or of oneself moves nothing', async () => {
    await buy(0, 1, HIDE);
    await buy(0, 0);
    await buy(0, 1, ORE, olga);
    expect(olga.refusals).toEqual(['nothing_left', 'bad_target']);
    expect(vera.refusals).toEqual(['bad_amount']);
    expect(await holds(olga)).toMatchObject({ zuly: '1000', ore: 10 });
  });

  it('from too far, or of an owner who went away, moves nothing', async () => {
    const dora = await market.enter(`Dora${made}`, 521_100);
    await buy(0, 1, ORE, dora);
    expect(outcome(dora)).toMatchObject({ result: ShopBuySellResult.NULL });
    Object.assign(olga.test.connection.sections, {
      position: { ...olga.test.sections.position, x: 520_300 },
    });
    await buy(0, 1);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.NULL });
    expect(olga.refusals).toEqual(['too_far', 'no_shop']);
    expect(olga.test.sections.shop).toBeUndefined();
  });

  it('of a visitor whose character has another owner moves nothing', async () => {
    vera.test.connection.epoch = 7;
    await buy(0, 1);
    expect(olga.refusals).toEqual(['fenced']);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.NULL });
  });

  it('closes the shop when nobody knows whether it was settled, and shows both the truth', async () => {
    market.fault = 'down_after';
    await buy(0, 4);
    expect(olga.test.sections.shop).toBeUndefined();
    expect(await holds(vera)).toEqual({ zuly: '800', ore: 4, hides: 8 });
    expect(vera.shown.at(-2)).toMatchObject({ name: 'SRV_SET_MONEY_AND_ITEM', payload: { zuly: '800' } });
  });

  it('is looked into again when no answer comes, also when a later one was answered', async () => {
    market.losing = 'shop.dealt';
    await buy(0, 4);
    market.losing = null;
    await buy(9, 1);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.SOLD_OUT });
    const [late] = await vera.test.advance(5_000);
    expect(late?.names).toEqual(['SRV_SET_MONEY_AND_ITEM', 'SRV_SHOP_BUYSELL_REPLY']);
    expect(late?.reply('SRV_SET_MONEY_AND_ITEM')).toMatchObject({ zuly: '800' });
    expect(vera.test.sections.deals).toBeUndefined();
    expect(await vera.test.advance(60_000)).toEqual([]);
  });

  it('is refused while too many are not answered', async () => {
    market.losing = 'shop.deal';
    for (let n = 0; n < 21; n += 1) await buy(0, 1);
    expect(vera.refusals).toEqual(['too_many_deals']);
  });

  it('by twenty sells each piece once', async () => {
    const crowd = [];
    for (let n = 0; n < 20; n += 1) crowd.push(await market.enter(`C${made}x${n}`, 520_100));
    for (const one of crowd) await buy(0, 1, ORE, one);
    const bought = await Promise.all(crowd.map((one) => holds(one)));
    expect(bought.reduce((sum, { ore }) => sum + ore, 0)).toBe(6);
    expect(await holds(olga)).toEqual({ zuly: '1300', ore: 4, hides: 0 });
  });
});

describe('selling to a shop', () => {
  beforeEach(openUsual);

  it('fulfils wishes until nothing more is wanted', async () => {
    await sell(70, 0, 2);
    expect(outcome(vera)).toMatchObject({
      result: ShopBuySellResult.SELL_ALL,
      items: [{ index: 0, item: of(HIDE, 1) }],
    });
    expect(await holds(vera)).toEqual({ zuly: '1080', ore: 0, hides: 6 });
    await sell(70, 0, 2);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.SELL_PARTIAL });
    await sell(70, 0, 2);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.OVER_SOLD, count: 0 });
    expect(await holds(olga)).toEqual({ zuly: '880', ore: 10, hides: 3 });
    expect(await holds(vera)).toEqual({ zuly: '1120', ore: 0, hides: 5 });
  });

  it('is limited by the owner’s money', async () => {
    await market.give(olga, {}, '100');
    await sell(70, 0, 3);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.SELL_PARTIAL });
    expect(await holds(olga)).toMatchObject({ zuly: '20', hides: 2 });
    await sell(70, 0, 1);
    expect(outcome(vera)).toMatchObject({ result: ShopBuySellResult.OVER_SOLD });
  });

  it('of what one does not have, or nobody wants, moves nothing', async () => {
    await sell(71, 0, 1);
    await sell(70, 5, 1);
    await sell(70, 0, 1, ORE);
    expect(olga.refusals).toEqual(['too_few', 'nothing_left', 'too_few']);
    expect(await holds(vera)).toEqual({ zuly: '1000', ore: 0, hides: 8 });
  });
});
