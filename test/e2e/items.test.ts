import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCharacterService } from '../../shared/services/builtin/index.ts';
import { newItem } from '../../shared/world/starter-inventory.ts';
import { world } from '../../shared/world/world.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { Service } from '../support/service.ts';
import { Writer } from './support/bytes.ts';
import {
  Belongings,
  drop,
  I,
  MONEY_TYPE,
  O,
  PICK_RESULT,
  pickResult,
  pickUp,
  readItem,
  seeGone,
  seeLying,
} from './support/inventory.ts';
import { meet, Player } from './support/player.ts';

const POTION = { type: 10, id: 1 };
const SWORD_SLOT = 7;
const LEVEL_DATA = 0x3ff;

let database: TestDatabase;
let service: Service;
let count = 0;
beforeAll(async () => {
  database = await startDatabase();
  service = await Service.start({ environment: database.environment });
});
afterAll(async () => {
  expect(await service.stop()).toBe(0);
  await database.stop();
});

async function newPlayer(): Promise<{ player: Player; own: Belongings }> {
  count += 1;
  const player = await new Player({ port: service.port, account: `item${count}` }).play(`Item${count}`);
  return { player, own: new Belongings(player) };
}

describe('things on the ground', () => {
  test('are seen by those nearby, belong to who dropped them at first, and go to one who picks them up', async () => {
    const [anna, bert] = [await newPlayer(), await newPlayer()];
    await meet(anna.player, bert.player);
    const slot = anna.own.slotOf(POTION.type, POTION.id);
    drop(anna.player, slot, 4);
    const lying = await seeLying(bert.player, POTION.type, POTION.id);
    expect(await seeLying(anna.player, POTION.type, POTION.id)).toEqual(lying);
    expect(lying).toMatchObject({ item: { data: 4 }, ownerId: anna.player.objectId });
    expect(Math.hypot(lying.x - anna.player.x, lying.y - anna.player.y)).toBeLessThanOrEqual(51);
    expect(anna.own.update(anna.player.world).slots.get(slot)?.data).toBe(6);

    pickUp(bert.player, lying.objectId);
    expect(await pickResult(bert.player, lying.objectId)).toBe(PICK_RESULT.NOT_OWNER);
    pickUp(anna.player, lying.objectId);
    expect(await pickResult(anna.player, lying.objectId)).toBe(PICK_RESULT.OK);
    await seeGone(bert.player, lying.objectId);
    expect(anna.own.update(anna.player.world).slots.get(slot)?.data).toBe(10);
    pickUp(anna.player, lying.objectId);
    expect(await pickResult(anna.player, lying.objectId)).toBe(PICK_RESULT.NO_ITEM);
  });

  test('may be money', async () => {
    const { player, own } = await newPlayer();
    drop(player, 0, 250);
    const lying = await seeLying(player, MONEY_TYPE, 0);
    expect(lying.item.data).toBe(250);
    expect(own.update(player.world).zuly).toBe(750n);
    pickUp(player, lying.objectId);
    expect(await pickResult(player, lying.objectId)).toBe(PICK_RESULT.OK);
    await player.world.take(O.SET_MONEY);
    drop(player, 0, 1001);
    drop(player, 0, 0);
    drop(player, 99, 1);
    pickUp(player, 65_000);
    expect(await pickResult(player, 65_000)).toBe(PICK_RESULT.NO_ITEM);
    expect(player.world.count(O.LYING)).toBe(0);
    expect(await service.metric('refusals_total', 'too_little_money')).toBeGreaterThan(0);
  });
});

describe('what a character wears', () => {
  test('is taken off and put on again before the eyes of those nearby', async () => {
    const [anna, bert] = [await newPlayer(), await newPlayer()];
    await meet(anna.player, bert.player);
    const equip = (to: number, from: number) =>
      anna.player.world.send(I.EQUIP, new Writer().i16(to).i16(from).done());
    equip(SWORD_SLOT, 0);
    for (const { player } of [anna, bert]) {
      const seen = await player.world.take(O.EQUIPPED, (reader) => reader.u16() === anna.player.objectId);
      expect([seen.skip(2).i16(), seen.u32()]).toEqual([SWORD_SLOT, 0]);
    }
    await anna.player.world.take(O.SET_ITEM);
    // Where it went is not told twice: a fresh look shows it.
    equip(SWORD_SLOT, 14);
    const seen = await bert.player.world.take(O.EQUIPPED, (reader) => reader.u16() === anna.player.objectId);
    expect(seen.skip(2).i16()).toBe(SWORD_SLOT);
    expect(seen.u32() & LEVEL_DATA).toBe(1);
    equip(3, 14);
    equip(-5, 300);
    equip(12, 13);
  });
});

describe('things that are used', () => {
  test('are used up one by one, with a pause between', async () => {
    const { player, own } = await newPlayer();
    const slot = own.slotOf(POTION.type, POTION.id);
    const use = () => player.world.send(I.USE, new Writer().u16(slot).u16(POTION.id).done());
    use();
    use();
    const used = await player.world.take(O.USED);
    expect([used.u16(), used.u16(), used.u8()]).toEqual([player.objectId, POTION.id, slot]);
    expect(own.update(player.world).slots.get(slot)?.data).toBe(9);
    expect(player.world.count(O.USED)).toBe(0);
  });
});

describe('the bank', () => {
  test('keeps things and money, behind a password', async () => {
    const { player, own } = await newPlayer();
    const open = (password: string) =>
      player.world.send(I.BANK_LIST, new Writer().u8(0).text(password).done());
    const list = async () => {
      const reply = await player.world.take(O.BANK_LIST);
      const code = reply.u8();
      const items = Array.from({ length: reply.u8() }, () => ({ slot: reply.u8(), item: readItem(reply) }));
      return { code, items };
    };
    open('');
    expect(await list()).toEqual({ code: 0, items: [] });
    const slot = own.slotOf(POTION.type, POTION.id);
    const item = (mode: number, index: number, n: number) =>
      player.world.send(
        I.BANK_ITEM,
        new Writer()
          .u8(mode)
          .u8(index)
          .u16(POTION.type | (POTION.id << 5))
          .u32(n)
          .u8(0)
          .done(),
      );
    item(16, slot, 3);
    const moved = await player.world.take(O.BANK_ITEM);
    expect([moved.i16(), moved.i16()]).toEqual([slot, 0]);
    expect([readItem(moved).data, readItem(moved).data]).toEqual([7, 3]);
    player.world.send(I.BANK_MONEY, new Writer().u8(16).i64(400n).done());
    const money = await player.world.take(O.BANK_MONEY, (reader) => reader.i64() === 600n);
    expect([money.i64(), money.i64()]).toEqual([600n, 400n]);
    player.world.send(I.BANK_LIST, new Writer().u8(17).text('s3cret').done());
    expect((await list()).code).toBe(3);
    await player.logOut();

    await player.play(`Item${count}`);
    expect(player.zuly).toBe(600n);
    open('');
    expect((await list()).code).toBe(2);
    open('wrong');
    expect((await list()).code).toBe(2);
    item(17, 0, 3);
    open('s3cret');
    expect(await list()).toEqual({ code: 0, items: [{ slot: 0, item: { ...POTION, data: 3 } }] });
    expect(player.world.count(O.BANK_ITEM)).toBe(0);
    item(17, 0, 3);
    const back = await player.world.take(O.BANK_ITEM);
    expect([back.i16(), back.i16()]).toEqual([slot, 0]);
    expect(readItem(back).data).toBe(10);
  });
});

/** Gives a character that is not in the world things that it could not have got yet. */
async function gift(name: string, things: Readonly<Record<number, readonly [string, number, object?]>>) {
  const found = await createCharacterService(database.store).findByName({ name, now: Date.now() });
  if (found.code !== 'ok') throw new Error(found.code);
  const key = { pk: `character#${found.id}`, sk: 'inventory' };
  const before = await database.store.get('characters', key);
  const slots = Object.fromEntries(
    Object.entries(things).map(([slot, [ref, many, over = {}]]) => {
      const data = world.itemByRef(ref);
      if (data === undefined) throw new Error(ref);
      return [slot, { ...newItem(data, many, `gift-${name}-${slot}`), ...over }];
    }),
  );
  const set = { slots: { ...(before?.slots as object), ...slots }, version: Number(before?.version) + 1 };
  await database.store.update('characters', key, { set });
}

describe('the workshop', () => {
  test('repairs, appraises, makes, refines and sets gems', async () => {
    const { player } = await newPlayer();
    const name = `Item${count}`;
    await player.logOut();
    await gift(name, {
      20: ['weapon/1', 1, { life: 100, hasSocket: true, isAppraised: false }],
      72: ['material/21', 2],
      73: ['material/11', 3],
      74: ['material/12', 2],
      75: ['gem/1', 1],
      76: ['material/1', 30],
    });
    await player.play(name);
    const own = new Belongings(player);
    const send = (type: number, body: Writer) => player.world.send(type, body.done());
    const life = async () => {
      const told = await player.world.take(O.LIFE);
      return [told.u16(), told.u16()];
    };

    send(I.REPAIR_TOOL, new Writer().u16(72).u16(20));
    expect(await life()).toEqual([20, 400]);
    send(I.REPAIR_NPC, new Writer().u16(1).u16(20));
    send(I.APPRAISE, new Writer().u16(20));
    expect((await player.world.take(O.APPRAISED)).u16()).toBe(20);
    expect(player.world.count(O.LIFE)).toBe(0);
    expect(own.update(player.world).zuly).toBe(983n);

    // To the smith, who stands a good 20 m away.
    player.walkTo(521_200, 521_300);
    await expect
      .poll(
        () => {
          send(I.REPAIR_NPC, new Writer().u16(1).u16(20));
          return player.world.count(O.LIFE);
        },
        { timeout: 10_000, interval: 300 },
      )
      .toBeGreaterThan(0);
    expect(await life()).toEqual([20, 1000]);

    send(I.CRAFT, new Writer().u8(0).i8(4).i8(2).i16(73).i16(74).i16(0).i16(0));
    const made = await player.world.take(O.CRAFTED);
    expect(made.u8()).toBe(0);
    made.skip(2 + 8);
    expect(readItem(made)).toMatchObject({ type: 4, id: 2 });

    const enhance = async (kind: number, data: number) => {
      send(I.ENHANCE, new Writer().u8(kind).u16(data));
      return (await player.world.take(O.ENHANCED)).u8();
    };
    const GEM_SUCCESS = 1;
    const GEM_SOCKET_FULL = 3;
    const UPGRADE_SUCCESS = 16;
    const UPGRADE_INVALID_MATERIALS = 18;
    expect(await enhance(0, 20 | (75 << 8))).toBe(GEM_SUCCESS);
    expect(await enhance(0, 20 | (75 << 8))).toBe(GEM_SOCKET_FULL);
    expect(await enhance(4, 1 | (20 << 8))).toBe(UPGRADE_SUCCESS);
    expect(await enhance(4, 1 | (20 << 8))).toBe(UPGRADE_INVALID_MATERIALS);

    send(I.LOAD, new Writer().u16(0 | (76 << 2)));
    const loaded = await player.world.take(O.LOADED);
    expect([loaded.u16(), loaded.u16()]).toEqual([player.objectId, 12 | (1 << 5)]);
    send(I.CRAFT_STATUS, new Writer().u8(0).i8(3).i16(2));
    expect((await player.world.take(O.CRAFT_STATUS)).u16()).toBe(player.objectId);
    await player.logOut();
  });
});
