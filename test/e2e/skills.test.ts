import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { Reader, Writer } from './support/bytes.ts';
import {
  attack,
  DEAD,
  damage,
  F,
  hpOf,
  type MobSeen,
  mobs,
  mobWithin,
  slay,
  toTheField,
} from './support/fighting.ts';
import { C, S } from './support/packets.ts';
import { meet, Player } from './support/player.ts';
import { walk } from './support/walking.ts';

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
  await walk(anna, 520_000, 489_000);
  let hurt = false;
  let revenge = false;
  // Blows miss, the struck may die before they strike back, and not all leave something: then the next one.
  for (let n = 0; n < 12 && !(hurt && revenge && anna.world.count(F.DROP) > 0); n += 1) {
    const target = await mobWithin(anna, 2000);
    const blow: Blow = hurt ? 'missed' : await spark(target);
    hurt ||= blow !== 'missed';
    if (blow !== 'killed') await slay(anna, target.id);
    const isTarget = (reader: Reader) => reader.u16() === target.id;
    revenge ||= anna.world.inbox.some(({ type, body }) => type === F.DAMAGE && isTarget(new Reader(body)));
    await anna.world.take(S.REMOVE, isTarget);
  }
  expect({ hurt, revenge }).toEqual({ hurt: true, revenge: true });
  const drop = await anna.world.take(F.DROP);
  drop.skip(4 + 4 + 2 + 4);
  expect(drop.u16()).toBeGreaterThanOrEqual(1024);
  expect(drop.u16()).toBe(anna.objectId);
}, 300_000);

type Blow = 'missed' | 'hurt' | 'killed';

/** Anna goes up to a monster and strikes it with a skill too, which shows in its health. */
async function spark({ id, hp }: MobSeen): Promise<Blow> {
  attack(anna, id);
  await damage(anna.world, ({ defender }) => defender === id);
  castTarget(anna, id, SPARK.slot);
  const effect = await anna.world.take(F.SKILL_DAMAGE, (reader) => reader.u16() === id);
  expect([effect.skip(2).u16(), effect.u16()]).toEqual([anna.objectId, SPARK.id]);
  if (effect.skip(4 + 1).u32() === 0) return 'missed';
  if ((effect.u32() & DEAD) !== 0) return 'killed';
  expect(await hpOf(anna, id)).toBeLessThan(hp);
  return 'hurt';
}

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
