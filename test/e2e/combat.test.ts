import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Service } from '../support/service.ts';
import { type Reader, Writer } from './support/bytes.ts';
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
  slay,
  TOWN,
  toTheField,
} from './support/fighting.ts';
import { S } from './support/packets.ts';
import { meet, Player } from './support/player.ts';
import { walk } from './support/walking.ts';

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
    const killing = await slay(anna, target);
    const begun = await anna.world.take(F.ATTACKED);
    expect([begun.u16(), begun.u16()]).toEqual([anna.objectId, target]);
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
  }, 90_000);

  test('it comes back after its time, as another object', async () => {
    await anna.world.take(F.MOB, (reader) => reader.skip(23).i32() === 40, 30_000);
  }, 40_000);

  test('two who attack one monster: it dies once, and its experience is divided, not doubled', async () => {
    for (const { world } of [anna, bert]) world.inbox.length = 0;
    // One that only strolls into sight is too far away to be pursued.
    const { id } = await mobWithin(anna, 2_000);
    const dead = (seen: DamageSeen) => seen.defender === id && (seen.action & DEAD) !== 0;
    const [killing, witnessed] = await Promise.all([slay(anna, id), slay(bert, id)]);
    expect([anna.objectId, bert.objectId]).toContain(killing.attacker);
    expect(witnessed.attacker).toBe(killing.attacker);
    // Long enough for another blow of each.
    await sleep(1500);
    await expect(damage(anna.world, dead, 10)).rejects.toThrow('no 0x561');
    // Experience comes of its own, perhaps after the death; 11: halves are rounded down.
    const [a, b] = await vi.waitFor(
      () => {
        const has = [anna, bert].map(({ world }) => world.inbox.findLast(({ type }) => type === F.SET_EXP));
        const [ofAnna = 12n, ofBert = 0n] = has.map((packet) => packet?.body.readBigInt64LE(0));
        expect(ofAnna - 12n + ofBert).toBeGreaterThanOrEqual(11n);
        return [ofAnna, ofBert] as const;
      },
      { timeout: 10_000, interval: 100 },
    );
    expect(a - 12n + b).toBeLessThanOrEqual(12n);
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
    const killing = await slay(bert, anna.objectId, 90_000);
    expect(killing.attacker).toBe(bert.objectId);
    expect(killing.damage).toBeGreaterThan(0);
    const exp = await anna.world.take(F.SET_EXP);
    expect(exp.i64()).toBe(annaHas - 1n);
    expect(await hpOf(bert, anna.objectId)).toBe(0);
    // The dead do nothing.
    attack(anna, bert.objectId);
    for (const { world } of [anna, bert]) world.inbox.length = 0;
    anna.world.send(F.REVIVE, new Writer().u8(9).done());
    anna.world.send(F.REVIVE, new Writer().u8(1).done());
    expect((await anna.world.take(F.REVIVED)).u16()).toBe(FIELD);
    const moved = await anna.world.take(S.TELEPORT);
    moved.skip(2);
    expect([moved.u16(), moved.f32(), moved.f32()]).toEqual([FIELD, 520_000, 487_000]);
    // A third of its hp. To the others it is gone from here, and appears there.
    const isAnna = (reader: Reader) => reader.u16() === anna.objectId;
    const revived = await bert.world.take(F.HP_AND_MP, isAnna);
    expect([revived.skip(2).i32(), revived.i32()]).toEqual([24, 0]);
    await bert.world.take(S.REMOVE, isAnna);
    await bert.world.take(S.PLAYER, isAnna);
    expect(await hpOf(bert, anna.objectId)).toBeGreaterThanOrEqual(24);
    const regained = await anna.world.take(F.HP_AND_MP, (reader) => reader.skip(2).i32() === 26, 15_000);
    expect(regained.skip(6).i32()).toBeGreaterThan(0);
  }, 150_000);
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
