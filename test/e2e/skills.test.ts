import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { Writer } from './support/bytes.ts';
import {
  attack,
  type DamageSeen,
  DEAD,
  damage,
  F,
  hpOf,
  mobs,
  toTheField,
  walk,
} from './support/fighting.ts';
import { C, S } from './support/packets.ts';
import { meet, Player } from './support/player.ts';

/** What every new character knows, by slot. */
const SPARK = { slot: 1, id: 4 };
const SECOND_WIND = { slot: 2, id: 9 };
const CANCEL = { INVALID_SKILL: 0, INVALID_TARGET: 1, NOT_FOUND: 2 };

let service: Service;
let anna: Player;
let bert: Player;

beforeAll(async () => {
  service = await Service.start();
  const { port } = service;
  anna = await new Player({ port, account: 'anna' }).play('Anna');
  bert = await new Player({ port, account: 'bert' }).play('Bert');
  await meet(anna, bert);
});
afterAll(async () => {
  anna.drop();
  bert.drop();
  expect(await service.stop()).toBe(0);
});

const castSelf = (player: Player, slot: number) =>
  player.world.send(F.CAST_SELF, new Writer().u8(slot).done());
const castTarget = (player: Player, target: number, slot: number) =>
  player.world.send(F.CAST_TARGET, new Writer().u16(target).u8(slot).done());
async function cancelled(player: Player): Promise<number> {
  return (await player.world.take(F.SKILL_CANCEL)).skip(2).u8();
}

test('a skill for oneself is seen by all: begun, in effect, finished', async () => {
  castSelf(anna, SECOND_WIND.slot);
  for (const { world } of [anna, bert]) {
    const cast = await world.take(F.CASTS_SELF);
    expect([cast.u16(), cast.u8()]).toEqual([anna.objectId, SECOND_WIND.id]);
    expect((await world.take(F.SKILL_START)).u16()).toBe(anna.objectId);
    const mp = await world.take(F.HP_AND_MP, (reader) => reader.u16() === anna.objectId);
    expect([mp.skip(2).i32(), mp.i32()]).toEqual([81, 43]);
    const effect = await world.take(F.SKILL_EFFECT);
    expect([effect.u16(), effect.u16(), effect.u16()]).toEqual([
      anna.objectId,
      anna.objectId,
      SECOND_WIND.id,
    ]);
    const finish = await world.take(F.SKILL_FINISH);
    expect([finish.u16(), finish.u16()]).toEqual([anna.objectId, SECOND_WIND.id]);
  }
});

test('a skill that rests, one that is not known, and targets that cannot be met are cancelled', async () => {
  castSelf(anna, SECOND_WIND.slot);
  expect(await cancelled(anna)).toBe(CANCEL.INVALID_SKILL);
  castSelf(anna, 77);
  expect(await cancelled(anna)).toBe(CANCEL.INVALID_SKILL);
  castTarget(anna, 60_001, SPARK.slot);
  expect(await cancelled(anna)).toBe(CANCEL.NOT_FOUND);
  // Players do not fight in town, nor with figures.
  castTarget(anna, bert.objectId, SPARK.slot);
  expect(await cancelled(anna)).toBe(CANCEL.INVALID_TARGET);
  castTarget(anna, 1, SPARK.slot);
  expect(await cancelled(anna)).toBe(CANCEL.INVALID_TARGET);
  expect(bert.world.count(F.SKILL_CANCEL)).toBe(0);
});

test('a cast ends when the caster moves', async () => {
  castSelf(bert, SECOND_WIND.slot);
  await bert.world.take(F.SKILL_START);
  bert.walkTo(bert.x + 400, bert.y);
  expect((await anna.world.take(F.SKILL_CANCEL)).u16()).toBe(bert.objectId);
  expect((await bert.world.take(F.SKILL_CANCEL)).u16()).toBe(bert.objectId);
});

test('learning and raising without points is refused with a code, or counted', async () => {
  anna.world.send(F.SKILL_LEVEL, new Writer().u8(5).i16(1).done());
  expect((await anna.world.take(F.SKILL_LEVELLED)).u8()).toBe(1);
  anna.world.send(F.SKILL_LEVEL, new Writer().u8(5).i16(2).done());
  expect((await anna.world.take(F.SKILL_LEVELLED)).u8()).toBe(3);
  anna.world.send(F.STAT_ADD, new Writer().u8(0).done());
  await expect
    .poll(() => service.metric('refusals_total', 'reason="no_points"'), { timeout: 5000 })
    .toBeGreaterThan(0);
});

test('the hotbar takes an icon', async () => {
  anna.world.send(
    F.HOTBAR,
    new Writer()
      .u8(2)
      .u16(3 | (9 << 5))
      .done(),
  );
  const set = await anna.world.take(F.HOTBAR_SET);
  expect([set.u8(), set.u16()]).toEqual([2, 3 | (9 << 5)]);
});

test('a skill hurts a monster from afar, it comes for revenge, and what it leaves lies there for its killer', async () => {
  await toTheField(anna);
  await walk(anna, 520_000, 488_600);
  let fallen = false;
  let revenge = false;
  for (let n = 0; n < 8 && !(fallen && revenge); n += 1) {
    const [target] = await mobs(anna, 1);
    if (target === undefined) throw new Error('no monster');
    if (!revenge) {
      attack(anna, target.id);
      await anna.world.take(F.DAMAGE, (reader) => reader.skip(2).u16() === target.id, 15_000);
      castTarget(anna, target.id, SPARK.slot);
      const hurt = await anna.world.take(F.SKILL_DAMAGE);
      expect([hurt.u16(), hurt.u16(), hurt.u16()]).toEqual([target.id, anna.objectId, SPARK.id]);
      expect(await hpOf(anna, target.id)).toBeLessThan(40);
      // With luck it dies before it gets to it: then the next one.
      const struck = anna.world.take(F.DAMAGE, (reader) => reader.u16() === target.id, 15_000);
      revenge = await struck.then(
        () => true,
        () => false,
      );
    }
    attack(anna, target.id);
    const dies = ({ defender, action }: DamageSeen) => defender === target.id && (action & DEAD) !== 0;
    // A target that has wandered too far off is given up: then the next one.
    await damage(anna.world, dies, 15_000).catch(() => undefined);
    await anna.world.take(S.REMOVE, (reader) => reader.u16() === target.id, 10_000).catch(() => undefined);
    fallen = anna.world.count(F.DROP) > 0;
  }
  expect(revenge).toBe(true);
  const drop = await anna.world.take(F.DROP);
  drop.skip(4 + 4 + 2 + 4);
  expect(drop.u16()).toBeGreaterThanOrEqual(1024);
  expect(drop.u16()).toBe(anna.objectId);
}, 150_000);

test('levels bring points for stats and skills; one skill makes faster, one rains on a place', async () => {
  const tool = join(import.meta.dirname, '../../tools/edge.ts');
  const { port, environment: env } = service;
  await new Player({ port, account: 'gwen' }).logIn();
  await promisify(execFile)(process.execPath, [tool, 'account', 'right', 'gwen', '512'], { env });
  const gwen = await new Player({ port, account: 'gwen' }).play('Gwen');

  gwen.say('/level Bert 12');
  const levels = [];
  for (let n = 2; n <= 12; n += 1) levels.push((await bert.world.take(F.LEVELUP)).skip(2).i16());
  expect(levels).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  await bert.world.take(F.SET_EXP);
  // Health comes with the level: 36 + 15 x 12 + 3 x 10.
  await bert.world.take(F.HP_AND_MP, (reader) => reader.skip(2).i32() === 246);
  bert.world.send(F.STAT_ADD, new Writer().u8(1).done());
  const raised = await bert.world.take(F.STAT_ADDED);
  expect([raised.u8(), raised.i16()]).toEqual([1, 11]);
  const learn = async (slot: number, skill: number) => {
    bert.world.send(F.SKILL_LEVEL, new Writer().u8(slot).i16(skill).done());
    const learned = await bert.world.take(F.SKILL_LEVELLED, (reader) => reader.skip(1).u8() === slot);
    expect([learned.u8(), learned.u8(), learned.i16()]).toEqual([0, slot, skill]);
  };
  await learn(10, 11);
  await learn(11, 6);

  castSelf(bert, 10);
  const faster = await gwen.world.take(F.SPEED_CHANGED);
  // 85 x 5.11 with dexterity 11, and a quarter more.
  expect([faster.u16(), faster.i16()]).toEqual([bert.objectId, 543]);

  gwen.say('/teleport Bert 22 520000 489000');
  const sent = await bert.world.take(S.TELEPORT);
  bert.objectId = sent.u16();
  Object.assign(bert, { map: sent.u16(), x: sent.f32(), y: sent.f32() });
  bert.world.inbox.length = 0;
  bert.world.send(C.CHANGE_MAP, new Writer().u8(0).u16(0).done());
  await bert.world.take(S.CHANGE_MAP);
  const [near] = await mobs(bert, 1);
  if (near === undefined) throw new Error('no monster');
  const place = new Writer().u8(11).f32(near.x).f32(near.y).done();
  bert.world.send(F.CAST_POSITION, place);
  await bert.world.take(F.CASTS_POSITION);
  const burnt = await bert.world.take(F.SKILL_DAMAGE);
  burnt.skip(2);
  expect([burnt.u16(), burnt.u16()]).toEqual([bert.objectId, 6]);
  gwen.drop();
}, 60_000);
