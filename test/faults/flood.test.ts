import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Writer } from '../e2e/support/bytes.ts';
import { LittleClient } from '../e2e/support/little-client.ts';
import { C, S } from '../e2e/support/packets.ts';
import { Player } from '../e2e/support/player.ts';
import { Service } from '../support/service.ts';

const PER_SECOND = 200;
const BURST = 50;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(holds: () => Promise<boolean> | boolean, seconds = 20): Promise<void> {
  for (let left = seconds * 10; left > 0; left -= 1) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error('it did not come to pass');
}

function frame(type: number, body = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.alloc(6 + body.length);
  bytes.writeUInt16LE(bytes.length, 0);
  bytes.writeUInt16LE(type, 2);
  body.copy(bytes, 6);
  return bytes;
}

describe('too much at once', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start({
      environment: {
        PACKETS_PER_SECOND: String(PER_SECOND),
        PACKET_BURST: String(BURST),
        MAX_CONCURRENT_CONNECTIONS: '300',
      },
    });
  });
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
  });
  const connect = () => LittleClient.connect(service.port);
  const active = () => service.metric('connections_active');

  test('a flood of valid packets is slowed, not dropped, and nobody else waits for it', async () => {
    const [flooder, other] = [await connect(), await connect()];
    const packets = 1000;
    const began = Date.now();
    flooder.raw(Buffer.concat(Array.from({ length: packets }, () => frame(C.ACCEPT))));
    // Nothing more will come from it, but what it said still counts.
    flooder.end();
    for (let count = 0; count < 10; count += 1) {
      const asked = Date.now();
      other.send(C.ACCEPT);
      await other.take(S.ACCEPT);
      expect(Date.now() - asked).toBeLessThan(1000);
    }
    await until(() => flooder.count(S.ACCEPT) === packets);
    expect(Date.now() - began).toBeGreaterThan((((packets - BURST) / PER_SECOND) * 1000) / 2);
    expect(await service.metric('reads_paused_total', 'reason="rate"')).toBeGreaterThan(0);
    expect(await service.metric('drops_total')).toBe(0);
    await flooder.ended();
    other.end();
  }, 60_000);

  test('250 connections that talk, break off, speak nonsense or say nothing harm none of the others', async () => {
    const player = await new Player({ port: service.port, account: 'quentin' }).play('Quentin');
    const clients = await Promise.all(Array.from({ length: 250 }, connect));
    await until(async () => (await active()) >= 253);
    for (const [index, client] of clients.entries()) {
      if (index % 4 === 0) client.send(C.ACCEPT);
      else if (index % 4 === 1) client.raw(frame(C.ACCEPT).subarray(0, 4));
      else if (index % 4 === 2) client.raw(Buffer.alloc(2047, index));
    }
    for (const [index, client] of clients.entries()) if (index % 4 === 0) await client.take(S.ACCEPT);
    for (const [index, client] of clients.entries()) if (index % 4 === 2) await client.ended();
    player.say('still here');
    await player.world.take(S.CHAT);
    for (const client of clients) client.destroy();
    await until(async () => (await active()) === 3);
    player.drop();
    await until(async () => (await active()) === 0);
  }, 60_000);

  test('connections above the limit are refused, and taken again when there is room', async () => {
    const clients = await Promise.all(Array.from({ length: 300 }, connect));
    await until(async () => (await active()) === 300);
    const surplus = await connect();
    await surplus.ended();
    expect(await service.metric('connections_refused_total')).toBe(1);
    for (const client of clients) client.destroy();
    await until(async () => (await active()) === 0);
    const again = await connect();
    again.send(C.ACCEPT);
    await again.take(S.ACCEPT);
    again.end();
  }, 60_000);

  test('a player who talks too much is warned, then muted; others are not', async () => {
    const loud = await new Player({ port: service.port, account: 'ralf' }).play('Ralf');
    const calm = await new Player({ port: service.port, account: 'saskia' }).play('Saskia');
    await loud.world.take(S.PLAYER, (reader) => reader.u16() === calm.objectId);
    for (let count = 0; count < 25; count += 1) loud.say(`word ${count}`);
    const warnings = async () => {
      await until(() => loud.world.count(S.CHAT) + loud.world.count(S.WHISPER) === 25);
      return loud.world.takeAll([S.WHISPER]).map(({ reader }) => [reader.text(), reader.text()]);
    };
    const told = await warnings();
    expect(loud.world.count(S.CHAT)).toBe(5);
    expect(calm.world.count(S.CHAT)).toBe(5);
    expect(told).toHaveLength(20);
    expect(told.every(([sender]) => sender === 'SERVER')).toBe(true);
    expect(told.at(-1)?.[1]).toContain('muted');
    loud.world.send(C.SHOUT, new Writer().text('may I?').done());
    expect((await loud.world.take(S.WHISPER)).text()).toBe('SERVER');
    calm.world.send(C.SHOUT, new Writer().text('I may').done());
    await loud.world.take(S.SHOUT);
    calm.world.send(C.SHOUT, new Writer().text('again').done());
    expect((await calm.world.take(S.WHISPER)).text()).toBe('SERVER');
    calm.drop();
    loud.drop();
  }, 60_000);
});

describe('memory', () => {
  test('does not grow with the number of connections that came and went, and no buffer stays taken', async () => {
    const launch = {
      file: process.execPath,
      args: ['--trace-gc', '--max-semi-space-size=1', '--max-old-space-size=64', 'ingress/main.ts'],
      cwd: join(import.meta.dirname, '../..'),
    };
    const service = await Service.start({ launch });
    /** Megabytes that were alive at the last full collection, and how many collections there were. */
    const alive = () => {
      const found = service.lines.flatMap((line) => /Mark-Compact .*-> ([\d.]+) \(/.exec(line)?.[1] ?? []);
      return { collections: found.length, megabytes: Number(found.at(-1)) };
    };
    const comeAndGo = async () => {
      const clients = await Promise.all(
        Array.from({ length: 100 }, () => LittleClient.connect(service.port)),
      );
      // The second frame is broken off, so that a buffer of the pool is held when the client vanishes.
      const bytes = Buffer.concat([frame(C.ACCEPT), frame(C.LOGIN, Buffer.alloc(70)).subarray(0, 40)]);
      for (const client of clients) client.raw(bytes);
      for (const client of clients) await client.take(S.ACCEPT);
      for (const client of clients) client.destroy();
    };
    const rounds = async (least: number) => {
      const { collections } = alive();
      for (let round = 0; round < least || alive().collections === collections; round += 1) await comeAndGo();
      return alive().megabytes;
    };
    const before = await rounds(10);
    const after = await rounds(40);
    // Four thousand connections that each kept 3 KB would show.
    expect(after).toBeLessThan(before + 10);
    await until(async () => (await service.metric('connections_active')) === 0);
    expect(await service.metric('pool_requests_total', 'outcome="hit"')).toBeGreaterThan(4000);
    expect(await service.metric('pool_buffers', 'state="used"')).toBe(0);
    expect(await service.stop()).toBe(0);
  }, 180_000);
});
