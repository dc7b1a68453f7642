import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { Writer } from './support/bytes.ts';
import {
  attack,
  type DamageSeen,
  DEAD,
  damage,
  F,
  FIELD,
  hpOf,
  mobs,
  mobWithin,
  TOWN,
  toTheField,
  walk,
} from './support/fighting.ts';
import { C, S } from './support/packets.ts';
import { meet, Player } from './support/player.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(async () => {
  expect(await service.stop()).toBe(0);
});

describe('in the field', () => {
  let anna: Player;
  let bert: Player;
  let annaHas = 12n;
  beforeAll(async () => {
    const { port } = service;
    anna = await new Player({ port, account: 'anna' }).play('Anna');
    bert = await new Player({ port, account: 'bert' }).play('Bert');
    await toTheField(anna, bert);
  }, 90_000);
  afterAll(() => {
    anna.drop();
    bert.drop();
  });

  test('the figures and monsters nearby appear to whoever arrives', async () => {
    expect(anna.map).toBe(FIELD);
    const npc = await anna.world.take(F.NPC);
    expect(npc.u16()).toBe(1);
    const seen = await mobs(anna, 4);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const [first] = seen;
    expect(first).toMatchObject({ hp: 40, kind: 1 });
    expect(first?.id).toBeGreaterThanOrEqual(1024);
    expect(await hpOf(anna, first?.id ?? 0)).toBe(40);
  });

  test('a fight: one attack, blows by themselves, one death that all see, experience, and it is gone', async () => {
    await Promise.all([walk(anna, 520_000, 489_000), walk(bert, 520_300, 489_000)]);
    const [nearest] = await mobs(bert, 4);
    const target = nearest?.id ?? 0;
    attack(anna, target);
    const begun = await anna.world.take(F.ATTACKED);
    expect([begun.u16(), begun.u16()]).toEqual([anna.objectId, target]);
    const killing = await damage(
      anna.world,
      ({ defender, action }) => defender === target && (action & DEAD) !== 0,
    );
    expect(killing.attacker).toBe(anna.objectId);
    expect(killing.damage).toBeGreaterThan(0);
    // The other one saw the same death, and that it was the only one.
    await damage(bert.world, ({ defender, action }) => defender === target && (action & DEAD) !== 0);
    const exp = await anna.world.take(F.SET_EXP);
    expect(exp.i64()).toBe(12n);
    await anna.world.take(S.REMOVE, (reader) => reader.u16() === target, 10_000);
    const deaths = anna.world.inbox.filter(
      ({ type, body }) =>
        type === F.DAMAGE && body.readUInt16LE(2) === target && (body.readUInt32LE(8) & DEAD) !== 0,
    );
    expect(deaths).toHaveLength(0);
    expect(bert.world.count(F.SET_EXP)).toBe(0);
  }, 40_000);

  test('it comes back after its time, as another object', async () => {
    await anna.world.take(F.MOB, (reader) => reader.skip(23).i32() === 40, 30_000);
  }, 40_000);

  test('two who attack one monster: it dies once, and its experience is divided, not doubled', async () => {
    for (const { world } of [anna, bert]) world.inbox.length = 0;
    // Whoever says that it has loaded the map is shown all again: those that came back meanwhile, too.
    anna.world.send(C.CHANGE_MAP, new Writer().u8(0).u16(0).done());
    // One that only strolls into sight is too far away to be pursued.
    const { id } = await mobWithin(anna, 2_000);
    const dead = (seen: DamageSeen) => seen.defender === id && (seen.action & DEAD) !== 0;
    for (const player of [anna, bert]) attack(player, id);
    const killing = await damage(anna.world, dead, 30_000);
    expect([anna.objectId, bert.objectId]).toContain(killing.attacker);
    expect((await damage(bert.world, dead)).attacker).toBe(killing.attacker);
    // Long enough for another blow of each.
    await sleep(1500);
    await expect(damage(anna.world, dead, 10)).rejects.toThrow('no 0x561');
    const told = [anna, bert].map(({ world }) => world.inbox.filter(({ type }) => type === F.SET_EXP));
    const [a = 12n, b = 0n] = told.map((list) => list.at(-1)?.body.readBigInt64LE(0));
    expect(told.flat().length).toBeGreaterThan(0);
    expect(a - 12n + b).toBeLessThanOrEqual(12n);
    expect(a - 12n + b).toBeGreaterThanOrEqual(11n);
    annaHas = a;
    for (const { world } of [anna, bert]) world.inbox.length = 0;
  }, 90_000);

  test('an attack on nobody, on oneself or on a figure brings nothing', async () => {
    const before = anna.world.count(F.ATTACKED);
    for (const target of [0, anna.objectId, 1, 60_001]) attack(anna, target);
    anna.say('still here');
    await anna.world.take(S.CHAT);
    expect(anna.world.count(F.ATTACKED)).toBe(before);
    expect(await service.metric('refusals_total', 'reason="no_target"')).toBeGreaterThanOrEqual(2);
  });

  test('player against player: to the death, the penalty and back to life', async () => {
    attack(bert, anna.objectId);
    const killing = await damage(
      anna.world,
      ({ attacker, defender, action }) =>
        attacker === bert.objectId && defender === anna.objectId && (action & DEAD) !== 0,
      60_000,
    );
    expect(killing.damage).toBeGreaterThan(0);
    const exp = await anna.world.take(F.SET_EXP);
    expect(exp.i64()).toBe(annaHas - 1n);
    expect(await hpOf(bert, anna.objectId)).toBe(0);
    // The dead do nothing.
    attack(anna, bert.objectId);
    anna.world.send(F.REVIVE, new Writer().u8(9).done());
    anna.world.send(F.REVIVE, new Writer().u8(1).done());
    expect((await anna.world.take(F.REVIVED)).u16()).toBe(FIELD);
    const moved = await anna.world.take(S.TELEPORT);
    moved.skip(2);
    expect([moved.u16(), moved.f32(), moved.f32()]).toEqual([FIELD, 520_000, 487_000]);
    expect(await hpOf(bert, anna.objectId)).toBe(24);
    const regained = await anna.world.take(F.HP_AND_MP, (reader) => reader.skip(2).i32() === 26, 15_000);
    expect(regained.skip(6).i32()).toBeGreaterThan(0);
  }, 90_000);
});

describe('in town', () => {
  test('players may not be attacked', async () => {
    const { port } = service;
    const carl = await new Player({ port, account: 'carl' }).play('Carl');
    const dora = await new Player({ port, account: 'dora' }).play('Dora');
    expect(carl.map).toBe(TOWN);
    await meet(carl, dora);
    attack(carl, dora.objectId);
    carl.say('well?');
    await carl.world.take(S.CHAT);
    await expect
      .poll(() => service.metric('refusals_total', 'reason="forbidden"'), { timeout: 5000 })
      .toBeGreaterThan(0);
    expect(carl.world.count(F.DAMAGE)).toBe(0);
    expect(await hpOf(carl, dora.objectId)).toBe(81);
    carl.drop();
    dora.drop();
  });

  test('figures stand there', async () => {
    const emil = await new Player({ port: service.port, account: 'emil' }).play('Emil');
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push((await emil.world.take(F.NPC)).u16());
    expect(ids.sort()).toEqual([1, 2, 3]);
    emil.drop();
  });
});
