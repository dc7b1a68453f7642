import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { S } from '../e2e/support/packets.ts';
import { Player } from '../e2e/support/player.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { Service } from '../support/service.ts';

/**
 * Two ingress processes on one database, with no bus between them: each learns of the other by sessions, epochs and heartbeats only.
 */
describe('two ingress processes on one database', () => {
  let engine: TestEngine;
  let east: Service;
  let west: Service;
  beforeAll(async () => {
    engine = await startTestEngine();
    const environment = { ...engine.environment };
    [east, west] = await Promise.all([Service.start({ environment }), Service.start({ environment })]);
  });
  afterAll(async () => {
    expect(await east.stop()).toBe(0);
    expect(await west.stop()).toBe(0);
    await engine.stop();
  });

  test('a duplicate login on the other takes the character over; the older connection ends and writes nothing more', async () => {
    const older = await new Player({ port: east.port, account: 'lars' }).play('Lars');
    const { x, y } = older;
    older.walkTo(x + 100, y);
    await older.world.take(S.MOUSE);
    const newer = await new Player({ port: west.port, account: 'lars' }).play('Lars');
    newer.walkTo(newer.x, newer.y + 300);
    await newer.world.take(S.MOUSE);
    // The older one goes on until its next write, which the epoch refuses.
    older.walkTo(x + 5000, y);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    newer.say('mine');
    await newer.world.take(S.CHAT);
    await newer.logOut();
    await older.logOut().catch(() => undefined);
    await older.world.ended();
    const back = await new Player({ port: east.port, account: 'lars' }).play('Lars');
    expect(Math.hypot(back.x - newer.x, back.y - (newer.y + 300))).toBeLessThan(150);
    back.drop();
  }, 60_000);

  test('names, tickets and failures are shared: a ticket of one opens the other', async () => {
    const player = new Player({ port: east.port, account: 'mila' });
    await player.logIn();
    await player.enterLobby();
    expect(await player.create('Mila')).toBe(0);
    const other = new Player({ port: west.port, account: 'nils' });
    await other.logIn();
    await other.enterLobby();
    expect(await other.create('MILA')).toBe(2);
    player.drop();
    other.drop();
  });

  test('one that is killed: its player comes back on the other at once', async () => {
    const environment = { ...engine.environment };
    const south = await Service.start({ environment });
    const player = await new Player({ port: south.port, account: 'olaf' }).play('Olaf');
    south.process.kill('SIGKILL');
    await player.world.ended();
    const back = await new Player({ port: west.port, account: 'olaf' }).play('Olaf');
    back.say('here');
    await back.world.take(S.CHAT);
    back.drop();
    await south.stop();
  }, 60_000);
});
