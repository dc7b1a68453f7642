import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { Service } from '../support/service.ts';
import { startValkey, VALKEY, type ValkeyServer } from '../support/valkey.ts';
import { Writer } from './support/bytes.ts';
import { C, S } from './support/packets.ts';
import { Player } from './support/player.ts';

describe.skipIf(VALKEY === null)('two ingress processes on one database, with a bus between them', () => {
  let database: TestDatabase;
  let valkey: ValkeyServer;
  let east: Service;
  let west: Service;
  beforeAll(async () => {
    [database, valkey] = await Promise.all([startDatabase(), startValkey('not for logs')]);
    const environment = { ...database.environment, BUS_URL: valkey.url };
    [east, west] = await Promise.all([Service.start({ environment }), Service.start({ environment })]);
    for (const service of [east, west])
      await vi.waitFor(async () => expect(await service.metric('bus_up')).toBe(1), { timeout: 5_000 });
  });
  afterAll(async () => {
    expect(await east.stop()).toBe(0);
    expect(await west.stop()).toBe(0);
    for (const { lines } of [east, west]) expect(lines.join('\n')).not.toContain('not for logs');
    await valkey.kill();
    await database.stop();
  });
  const play = (service: Service, name: string) =>
    new Player({ port: service.port, account: name.toLowerCase() }).play(name);
  const sees = (one: Player, other: Player) =>
    one.world.take(S.PLAYER, (reader) => reader.u16() === other.objectId);

  test('two players on different ones see each other come, walk, talk and go', async () => {
    const anna = await play(east, 'Anna');
    const bert = await play(west, 'Bert');
    await Promise.all([sees(anna, bert), sees(bert, anna)]);

    bert.walkTo(bert.x + 300, bert.y);
    const move = await anna.world.take(S.MOUSE, (reader) => reader.u16() === bert.objectId);
    move.skip(2 + 2);
    expect(move.u16()).toBeGreaterThan(0);

    anna.say('near');
    expect((await bert.world.take(S.CHAT)).skip(2).text()).toBe('near');
    bert.world.send(C.WHISPER, new Writer().text('Anna').text('psst').done());
    const whisper = await anna.world.take(S.WHISPER);
    expect([whisper.text(), whisper.text()]).toEqual(['Bert', 'psst']);
    anna.world.send(C.SHOUT, new Writer().text('all').done());
    for (const player of [anna, bert]) {
      const shout = await player.world.take(S.SHOUT);
      expect([shout.text(), shout.text()]).toEqual(['Anna', 'all']);
    }

    bert.drop();
    await anna.world.take(S.REMOVE, (reader) => reader.u16() === bert.objectId);
    expect(anna.world.count(S.PLAYER)).toBe(0);
    anna.drop();
  });

  test('a whisper to somebody who is nowhere comes back at once', async () => {
    const carl = await play(east, 'Carl');
    const gone = await play(west, 'Gone');
    await gone.logOut();
    const began = performance.now();
    carl.world.send(C.WHISPER, new Writer().text('Gone').text('hello?').done());
    const answer = await carl.world.take(S.WHISPER);
    answer.text();
    expect(performance.now() - began).toBeLessThan(1_500);
    carl.drop();
  });

  test('a duplicate login on the other closes the older connection, and the character is saved first', async () => {
    const older = await play(east, 'Dora');
    const { x, y } = older;
    older.walkTo(x, y + 400);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const newer = await play(west, 'Dora');
    await older.world.ended();
    // The way walked lay in the older one's memory only: it was told to save before it lost the character.
    expect(Math.hypot(newer.x - x, newer.y - (y + 400))).toBeLessThan(50);
    newer.say('mine');
    await newer.world.take(S.CHAT);
    newer.drop();
  });
});
