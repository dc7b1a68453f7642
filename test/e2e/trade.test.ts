import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { type Reader, Writer } from './support/bytes.ts';
import { C } from './support/packets.ts';
import { meet, Player } from './support/player.ts';

const TRADE = 0x598;
const TRADE_ITEM = 0x599;
const SET_MONEY_AND_ITEM = 0x51f;
const STATE = {
  REQUEST: 0,
  ACCEPT: 1,
  REJECT: 2,
  CANCEL: 3,
  READY: 4,
  NOTREADY: 5,
  DONE: 6,
  BUSY: 7,
  TOO_FAR: 8,
  INVALID_TARGET: 9,
};
const MONEY = 31;
const POTIONS = 10;

let service: Service;
let anna: Player;
let bert: Player;
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
  anna = await new Player({ port, account: `anna${round}` }).play(`Anna${round}`);
  bert = await new Player({ port, account: `bert${round}` }).play(`Bert${round}`);
  await meet(anna, bert);
});

const send = (from: Player, state: number, target: number) =>
  from.world.send(C.TRADE, new Writer().u8(state).u16(target).u8(0).done());
const offer = (from: Player, slot: number, index: number, amount: number) =>
  from.world.send(TRADE_ITEM, new Writer().u8(slot).u16(index).u32(amount).done());

/** Takes the next step that a player is shown. */
async function shown(player: Player): Promise<{ state: number; partner: number }> {
  const reply = await player.world.take(TRADE);
  return { state: reply.u8(), partner: reply.u16() };
}

function item(reader: Reader) {
  const header = reader.u16();
  return { type: header & 31, id: (header >> 5) & 1023, data: reader.u32() };
}

async function shownItem(player: Player) {
  const reply = await player.world.take(0x59a);
  return { slot: reply.u8(), ...item(reply) };
}

async function moneyAndItems(player: Player) {
  const reply = await player.world.take(SET_MONEY_AND_ITEM);
  const zuly = reply.i64();
  const count = reply.u8();
  const items = Array.from({ length: count }, () => ({ index: reply.u8(), ...item(reply) }));
  expect(reply.left).toBe(0);
  return { zuly, items };
}

async function open(): Promise<void> {
  send(anna, STATE.REQUEST, bert.objectId);
  expect(await shown(bert)).toEqual({ state: STATE.REQUEST, partner: anna.objectId });
  send(bert, STATE.ACCEPT, anna.objectId);
  expect(await shown(anna)).toEqual({ state: STATE.ACCEPT, partner: bert.objectId });
}

async function ready(): Promise<void> {
  send(anna, STATE.READY, bert.objectId);
  expect(await shown(bert)).toMatchObject({ state: STATE.READY });
  send(bert, STATE.READY, anna.objectId);
  expect(await shown(anna)).toMatchObject({ state: STATE.READY });
}

const stack = (player: Player) => player.bag.find(({ slot, type }) => slot >= 12 && type === POTIONS);
const thing = (player: Player) => player.bag.find(({ slot, type }) => slot >= 12 && type < POTIONS);

/** What the player holds after a fresh login. */
async function afterLogin(player: Player, name: string): Promise<Player> {
  player.drop();
  return await new Player(player.options).play(name);
}

describe('a trade', () => {
  test('moves things, part of a stack and money, and lasts', async () => {
    await open();
    const [potions, weapon] = [stack(anna), thing(bert)];
    if (!potions || !weapon) throw new Error('the starter things are missing');
    offer(anna, 0, potions.slot, 4);
    expect(await shownItem(bert)).toEqual({ slot: 0, type: potions.type, id: potions.id, data: 4 });
    offer(anna, 10, 0, 300);
    expect(await shownItem(bert)).toMatchObject({ slot: 10, type: MONEY, data: 300 });
    offer(bert, 5, weapon.slot, 1);
    expect(await shownItem(anna)).toEqual({ slot: 5, type: weapon.type, id: weapon.id, data: weapon.data });
    offer(anna, 10, 0, 0);
    expect(await shownItem(bert)).toEqual({ slot: 10, type: 0, id: 0, data: 0 });
    offer(anna, 10, 0, 250);
    expect(await shownItem(bert)).toMatchObject({ slot: 10, data: 250 });
    await ready();
    send(anna, STATE.DONE, bert.objectId);
    send(bert, STATE.DONE, anna.objectId);
    for (const [player, zuly] of [
      [anna, 750n],
      [bert, 1250n],
    ] as const) {
      expect(await shown(player)).toMatchObject({ state: STATE.DONE });
      // It lies before DONE in the inbox: it came first.
      expect(player.world.count(SET_MONEY_AND_ITEM)).toBe(1);
      expect(await moneyAndItems(player)).toMatchObject({ zuly });
    }
    const richer = await afterLogin(bert, `Bert${round}`);
    const poorer = await afterLogin(anna, `Anna${round}`);
    expect([poorer.zuly, richer.zuly]).toEqual([750n, 1250n]);
    const count = (player: Player) =>
      player.bag
        .filter(({ type, slot }) => type === POTIONS && slot >= 12)
        .reduce((sum, { data }) => sum + data, 0);
    expect([count(poorer), count(richer)]).toEqual([6, 14]);
    expect(thing(richer)).toBeUndefined();
    expect(
      poorer.bag.filter(({ type, id, slot }) => slot >= 12 && type === weapon.type && id === weapon.id),
    ).toHaveLength(2);
    poorer.drop();
    richer.drop();
  });

  test('is declined, is refused while one trades, and ends with CANCEL', async () => {
    send(anna, STATE.REQUEST, bert.objectId);
    await shown(bert);
    send(bert, STATE.REJECT, anna.objectId);
    expect(await shown(anna)).toMatchObject({ state: STATE.REJECT });
    await open();
    const cleo = await new Player({ port: service.port, account: `cleo${round}` }).play(`Cleo${round}`);
    send(cleo, STATE.REQUEST, bert.objectId);
    expect(await shown(cleo)).toEqual({ state: STATE.BUSY, partner: bert.objectId });
    for (const nobody of [1, 60_000, cleo.objectId]) {
      send(cleo, STATE.REQUEST, nobody);
      expect(await shown(cleo)).toEqual({ state: STATE.INVALID_TARGET, partner: nobody });
    }
    send(bert, STATE.CANCEL, anna.objectId);
    expect(await shown(anna)).toMatchObject({ state: STATE.CANCEL });
    send(anna, STATE.READY, bert.objectId);
    expect(await shown(anna)).toMatchObject({ state: STATE.INVALID_TARGET });
    for (const player of [anna, bert, cleo]) player.drop();
  });

  test('is taken back to unready by a changed offer, and DONE counts only when both are ready', async () => {
    await open();
    await ready();
    offer(bert, 10, 0, 5);
    await shownItem(anna);
    send(anna, STATE.DONE, bert.objectId);
    send(bert, STATE.DONE, anna.objectId);
    await ready();
    send(anna, STATE.NOTREADY, bert.objectId);
    expect(await shown(bert)).toMatchObject({ state: STATE.NOTREADY });
    send(bert, STATE.DONE, anna.objectId);
    send(anna, STATE.READY, bert.objectId);
    expect(await shown(bert)).toMatchObject({ state: STATE.READY });
    send(anna, STATE.DONE, bert.objectId);
    send(bert, STATE.DONE, anna.objectId);
    expect(await shown(anna)).toMatchObject({ state: STATE.DONE });
    expect(await shown(bert)).toMatchObject({ state: STATE.DONE });
    expect(await moneyAndItems(anna)).toEqual({ zuly: 1005n, items: [] });
    anna.drop();
    bert.drop();
  });

  test('ends when one drops, and when one walks away', async () => {
    await open();
    bert.world.destroy();
    expect(await shown(anna)).toMatchObject({ state: STATE.CANCEL });
    const dora = await new Player({ port: service.port, account: `dora${round}` }).play(`Dora${round}`);
    await meet(anna, dora);
    send(anna, STATE.REQUEST, dora.objectId);
    await shown(dora);
    send(dora, STATE.ACCEPT, anna.objectId);
    expect(await shown(anna)).toMatchObject({ state: STATE.ACCEPT });
    anna.walkTo(anna.x + 1_600, anna.y);
    expect(await shown(anna)).toMatchObject({ state: STATE.TOO_FAR });
    expect(await shown(dora)).toMatchObject({ state: STATE.TOO_FAR });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    send(dora, STATE.REQUEST, anna.objectId);
    expect(await shown(dora)).toMatchObject({ state: STATE.TOO_FAR });
    for (const player of [anna, bert, dora]) player.drop();
  });
});
