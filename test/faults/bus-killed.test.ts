import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Writer } from '../e2e/support/bytes.ts';
import { C, S } from '../e2e/support/packets.ts';
import { Player } from '../e2e/support/player.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { Service } from '../support/service.ts';
import { startValkey, VALKEY, type ValkeyServer } from '../support/valkey.ts';

/** Longer than processes take to compare what they place. */
const HEALED = 15_000;

describe.skipIf(VALKEY === null)('the server of the bus dies while players play', () => {
  let engine: TestEngine;
  let valkey: ValkeyServer;
  let east: Service;
  let west: Service;
  beforeAll(async () => {
    [engine, valkey] = await Promise.all([startTestEngine(), startValkey()]);
    const environment = { ...engine.environment, BUS_URL: valkey.url };
    [east, west] = await Promise.all([Service.start({ environment }), Service.start({ environment })]);
    await busIs(1);
  });
  afterAll(async () => {
    expect(await east.stop()).toBe(0);
    expect(await west.stop()).toBe(0);
    await valkey.kill();
    await engine.stop();
  });
  const busIs = (up: number) =>
    vi.waitFor(
      async () => expect([await east.metric('bus_up'), await west.metric('bus_up')]).toEqual([up, up]),
      { timeout: 10_000, interval: 50 },
    );
  const play = (service: Service, name: string) =>
    new Player({ port: service.port, account: name.toLowerCase() }).play(name);
  const sees = (one: Player, other: Player, patience?: number) =>
    one.world.take(S.PLAYER, (reader) => reader.u16() === other.objectId, patience);
  const misses = (one: Player, other: Player, patience?: number) =>
    one.world.take(S.REMOVE, (reader) => reader.u16() === other.objectId, patience);
  async function talksToItself(player: Player): Promise<void> {
    player.say('still here');
    await player.world.take(S.CHAT, (reader) => reader.u16() === player.objectId);
  }

  test('both go on alone, say so, and see each other’s news when it is back', async () => {
    const [anna, dora] = [await play(east, 'Anna'), await play(east, 'Dora')];
    const bert = await play(west, 'Bert');
    await Promise.all([sees(anna, dora), sees(anna, bert), sees(bert, anna), sees(bert, dora)]);

    await valkey.kill();
    await busIs(0);
    for (const service of [east, west]) {
      expect(service.lines.filter((line) => line.includes('"code":"bus_down"'))).toHaveLength(1);
      // Taking all copies out of service would make it worse.
      expect((await fetch(`http://127.0.0.1:${service.adminPort}/ready`)).status).toBe(200);
    }
    dora.drop();
    await misses(anna, dora);
    const carl = await play(east, 'Carl');
    await Promise.all([sees(anna, carl), sees(carl, anna)]);
    for (const player of [anna, bert, carl]) await talksToItself(player);
    bert.world.send(C.WHISPER, new Writer().text('Anna').text('psst').done());
    expect((await bert.world.take(S.WHISPER)).text()).toBe('SERVER');
    expect(bert.world.count(S.REMOVE) + bert.world.count(S.PLAYER)).toBe(0);

    await valkey.start();
    await busIs(1);
    await Promise.all([sees(bert, carl, HEALED), misses(bert, dora, HEALED), sees(carl, bert, HEALED)]);
    bert.world.send(C.WHISPER, new Writer().text('Anna').text('psst').done());
    const whisper = await anna.world.take(S.WHISPER);
    expect([whisper.text(), whisper.text()]).toEqual(['Bert', 'psst']);
    // Nobody came twice or went without having been there.
    for (const player of [anna, bert, carl]) {
      expect([player.world.count(S.PLAYER), player.world.count(S.REMOVE)]).toEqual([0, 0]);
      player.drop();
    }
  }, 90_000);

  test('a server that stands still holds up no takeover for longer than its time-out', async () => {
    const older = await play(east, 'Emil');
    valkey.freeze();
    try {
      const began = performance.now();
      const newer = await play(west, 'Emil');
      expect(performance.now() - began).toBeLessThan(12_000);
      await talksToItself(newer);
      // The older one is refused by the epoch at its next write.
      newer.drop();
      older.drop();
    } finally {
      valkey.thaw();
    }
    await busIs(1);
  }, 60_000);

  test('a copy that starts without it is alone, and joins when it comes', async () => {
    await valkey.kill();
    const environment = { ...engine.environment, BUS_URL: valkey.url };
    const south = await Service.start({ environment });
    const fred = await play(south, 'Fred');
    const gina = await play(east, 'Gina');
    await talksToItself(fred);
    await valkey.start();
    await Promise.all([sees(fred, gina, HEALED), sees(gina, fred, HEALED)]);
    fred.drop();
    await misses(gina, fred);
    gina.drop();
    expect(await south.stop()).toBe(0);
  }, 60_000);
});
