import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { type Reader, Writer } from './support/bytes.ts';
import { S } from './support/packets.ts';
import { Player } from './support/player.ts';
import { walk } from './support/walking.ts';

const STORE = 0x569;
const SHOP_OPEN = 0x59b;
const SHOP_CLOSE = 0x59d;
const LIST = 0x59f;
const BUY = 0x5a1;
const SELL = 0x5a2;
const SRV = { STORE: 0x56a, OPEN: 0x59c, CLOSE: 0x59e, LIST: 0x5a0, DEAL: 0x5a3, MONEY_AND_ITEM: 0x51f };
const RESULT = {
  NULL: 0,
  SOLD_OUT: 1,
  OVER_SOLD: 2,
  BUY_PARTIAL: 3,
  BUY_ALL: 4,
  SELL_PARTIAL: 5,
  SELL_ALL: 6,
};
const STORE_RESULT = { INVALID_NPC: 2, TOO_FAR: 3, NO_MONEY: 4 };
const POTIONS = 10;
/** The herbalist of the town. */
const HERBALIST = { id: 3, x: 519_400, y: 518_300 };

let service: Service;
let olga: Player;
let vera: Player;
let round = 0;

beforeAll(async () => {
  service = await Service.start();
});
afterAll(async () => {
  expect(await service.stop()).toBe(0);
});
beforeEach(async () => {
  round += 1;
  const port = service.port;
  olga = await new Player({ port, account: `olga${round}` }).play(`Olga${round}`);
  vera = await new Player({ port, account: `vera${round}` }).play(`Vera${round}`);
  // What one was told of another round's players does not matter.
  await vera.world.take(S.PLAYER, (reader) => reader.u16() === olga.objectId);
});

interface Line {
  readonly index: number;
  readonly type: number;
  readonly id: number;
  readonly count: number;
  readonly price: number;
}
const header = ({ type, id }: Pick<Line, 'type' | 'id'>) => type | (id << 5);

function openShop(player: Player, goods: readonly Line[], wishes: readonly Line[] = []): void {
  const body = new Writer().u8(goods.length).u8(wishes.length);
  for (const line of [...goods, ...wishes])
    body.u8(line.index).u16(header(line)).u32(line.count).u32(line.price);
  player.world.send(SHOP_OPEN, body.done());
}

function readItem(reader: Reader) {
  const bits = reader.u16();
  return { type: bits & 31, id: (bits >> 5) & 1023, count: reader.u32() };
}

async function opened(player: Player): Promise<{ id: number; name: string }> {
  const reply = await player.world.take(SRV.OPEN);
  return { id: reply.u16(), name: reply.text() };
}

async function list(player: Player, shop: Player) {
  player.world.send(LIST, new Writer().u16(shop.objectId).done());
  const reply = await player.world.take(SRV.LIST);
  const counts = [reply.u8(), reply.u8()];
  const lines = [];
  while (reply.left > 0) lines.push({ index: reply.u8(), ...readItem(reply), price: reply.u32() });
  return { counts, lines };
}

function buy(player: Player, shop: Player, line: Line): void {
  const body = new Writer().u16(shop.objectId).u8(1).u8(line.index).u16(header(line)).u32(line.count);
  player.world.send(BUY, body.done());
}

function sell(player: Player, shop: Player, slot: number, line: Line): void {
  const body = new Writer().u16(shop.objectId).u8(1).u8(slot).u8(line.index);
  player.world.send(SELL, body.u16(header(line)).u32(line.count).done());
}

async function dealt(player: Player) {
  const reply = await player.world.take(SRV.DEAL);
  const [id, result, count] = [reply.u16(), reply.u8(), reply.u8()];
  const items = Array.from({ length: count }, () => ({ index: reply.u8(), ...readItem(reply) }));
  expect(reply.left).toBe(0);
  return { id, result, items };
}

async function moneyOf(player: Player): Promise<bigint> {
  return (await player.world.take(SRV.MONEY_AND_ITEM)).i64();
}

function potionsOf(player: Player) {
  const found = player.bag.find(({ slot, type }) => slot >= 12 && type === POTIONS);
  if (found === undefined) throw new Error('the starter potions are missing');
  return found;
}

const count = (player: Player) =>
  player.bag
    .filter(({ slot, type }) => slot >= 12 && type === POTIONS)
    .reduce((sum, { data }) => sum + data, 0);

describe('a personal shop', () => {
  test('is seen, listed, bought from in parts until it is sold out, and closed', async () => {
    const { slot, type, id } = potionsOf(olga);
    const goods = { index: slot, type, id, count: 6, price: 20 };
    openShop(olga, [goods]);
    const name = `Olga${round}`;
    expect(await opened(olga)).toEqual({ id: olga.objectId, name });
    expect(await opened(vera)).toEqual({ id: olga.objectId, name });
    const late = await new Player({ port: service.port, account: `late${round}` }).play(`Late${round}`);
    expect(await opened(late)).toEqual({ id: olga.objectId, name });

    const listed = await list(vera, olga);
    expect(listed).toEqual({ counts: [1, 0], lines: [{ index: 0, type, id, count: 6, price: 20 }] });
    buy(vera, olga, { ...goods, index: 0, count: 4 });
    const first = { id: olga.objectId, result: RESULT.BUY_ALL, items: [{ index: 0, type, id, count: 2 }] };
    expect(await dealt(vera)).toEqual(first);
    expect(await dealt(olga)).toEqual(first);
    expect([await moneyOf(vera), await moneyOf(olga)]).toEqual([920n, 1080n]);
    buy(late, olga, { ...goods, index: 0, count: 4 });
    expect(await dealt(late)).toMatchObject({
      result: RESULT.BUY_PARTIAL,
      items: [{ index: 0, type: 0, id: 0, count: 0 }],
    });
    buy(vera, olga, { ...goods, index: 0, count: 1 });
    expect(await dealt(vera)).toMatchObject({ result: RESULT.SOLD_OUT, items: [] });
    expect(await list(vera, olga)).toEqual({ counts: [0, 0], lines: [] });

    olga.world.send(SHOP_CLOSE);
    for (const player of [olga, vera, late])
      expect((await player.world.take(SRV.CLOSE)).u16()).toBe(olga.objectId);
    for (const player of [olga, vera, late]) player.drop();
    const held = [];
    for (const [player, who] of [
      [olga, 'Olga'],
      [vera, 'Vera'],
      [late, 'Late'],
    ] as const) {
      const again = await new Player(player.options).play(`${who}${round}`);
      held.push([again.zuly, count(again)]);
      again.drop();
    }
    expect(held).toEqual([
      [1120n, 4],
      [920n, 14],
      [960n, 12],
    ]);
  });

  test('buys what its owner wishes for', async () => {
    const { slot, type, id } = potionsOf(vera);
    const wish = { index: 0, type, id, count: 5, price: 30 };
    openShop(olga, [], [wish]);
    await opened(vera);
    expect(await list(vera, olga)).toEqual({ counts: [0, 1], lines: [wish] });
    sell(vera, olga, slot, { ...wish, count: 3 });
    expect(await dealt(vera)).toMatchObject({ result: RESULT.SELL_ALL, items: [{ index: 0, count: 2 }] });
    expect([await moneyOf(vera), await moneyOf(olga)]).toEqual([1090n, 910n]);
    sell(vera, olga, slot, { ...wish, count: 3 });
    expect(await dealt(vera)).toMatchObject({ result: RESULT.SELL_PARTIAL });
    sell(vera, olga, slot, { ...wish, count: 3 });
    expect(await dealt(vera)).toMatchObject({ result: RESULT.OVER_SOLD });
    olga.drop();
    vera.drop();
  });

  test('many buyers at once never get more than there is', async () => {
    const { slot, type, id } = potionsOf(olga);
    const goods = { index: slot, type, id, count: 7, price: 10 };
    openShop(olga, [goods]);
    await opened(vera);
    const buyers = await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        new Player({ port: service.port, account: `b${round}x${n}` }).play(`B${round}x${n}`),
      ),
    );
    for (const buyer of buyers) {
      for (let n = 0; n < 3; n += 1) buy(buyer, olga, { ...goods, index: 0, count: 1 });
    }
    const results = [];
    for (const buyer of buyers) {
      for (let n = 0; n < 3; n += 1) results.push((await dealt(buyer)).result);
    }
    expect(results.filter((result) => result === RESULT.BUY_ALL)).toHaveLength(7);
    expect(results.filter((result) => result === RESULT.SOLD_OUT)).toHaveLength(8);
    for (const player of [olga, vera, ...buyers]) player.drop();
  });

  test('closes when its owner walks or drops; an unknown one is closed', async () => {
    const { slot, type, id } = potionsOf(olga);
    const goods = { index: slot, type, id, count: 1, price: 20 };
    openShop(olga, [goods]);
    await opened(vera);
    olga.walkTo(olga.x + 300, olga.y);
    expect((await vera.world.take(SRV.CLOSE)).u16()).toBe(olga.objectId);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    openShop(olga, [goods]);
    await opened(vera);
    olga.world.destroy();
    expect((await vera.world.take(SRV.CLOSE)).u16()).toBe(olga.objectId);
    vera.world.send(LIST, new Writer().u16(60_000).done());
    expect((await vera.world.take(SRV.CLOSE)).u16()).toBe(60_000);
    buy(vera, olga, { ...goods, index: 0 });
    expect(await dealt(vera)).toMatchObject({ result: RESULT.NULL });
    olga.drop();
    vera.drop();
  });
});

describe('the store of a figure', () => {
  const deal = (player: Player, npc: number, kind: 'buy' | 'sell', a: number, b: number, amount: number) => {
    const buys = kind === 'buy';
    const body = new Writer().u16(npc).u8(Number(buys)).u8(Number(!buys)).u32(0).u8(a);
    if (buys) body.u8(b).u16(amount);
    else body.u16(amount).u8(0);
    player.world.send(STORE, body.done());
  };

  test('sells and buys near it, and refuses with its codes', async () => {
    deal(vera, HERBALIST.id, 'buy', 0, 0, 1);
    expect((await vera.world.take(SRV.STORE)).u8()).toBe(STORE_RESULT.TOO_FAR);
    const goal = { x: HERBALIST.x + 300, y: HERBALIST.y + 600 };
    await walk(vera, goal.x, goal.y);
    deal(vera, HERBALIST.id, 'buy', 0, 0, 2);
    const after = await moneyOf(vera);
    expect(after).toBeLessThan(1_000n);
    deal(vera, HERBALIST.id, 'sell', potionsOf(vera).slot, 0, 3);
    expect(await moneyOf(vera)).toBeGreaterThan(after);
    deal(vera, HERBALIST.id, 'buy', 0, 0, 60_000);
    expect((await vera.world.take(SRV.STORE)).u8()).toBe(STORE_RESULT.NO_MONEY);
    deal(vera, 77, 'buy', 0, 0, 1);
    expect((await vera.world.take(SRV.STORE)).u8()).toBe(STORE_RESULT.INVALID_NPC);
    olga.drop();
    vera.drop();
  });
});
