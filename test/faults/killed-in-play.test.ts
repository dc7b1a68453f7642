import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { S } from '../e2e/support/packets.ts';
import { Player } from '../e2e/support/player.ts';
import { Service } from '../support/service.ts';

const CREATED = 0;
const NAME_TAKEN = 2;

describe('killed in the middle of play', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'packet-edge-killed-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  test('the ingress: what was answered is kept, the database goes on where it was, the player comes back', async () => {
    const first = await Service.start({ dataDir });
    const maker = new Player({ port: first.port, account: 'gero' });
    await maker.logIn();
    await maker.enterLobby();
    const player = await new Player({ port: first.port, account: 'hedi' }).play('Hedi');
    player.walkTo(player.x + 400, player.y);
    await player.world.take(S.MOUSE);
    // Killed the moment after the answer: nothing that was said may be lost.
    expect(await maker.create('Gero')).toBe(CREATED);
    first.process.kill('SIGKILL');
    await player.world.ended();

    const second = await Service.start({ dataDir });
    const again = new Player({ port: second.port, account: 'gero' });
    expect(await again.logIn()).toBe(0);
    await again.enterLobby();
    expect((await again.characters()).map(({ name }) => name)).toEqual(['Gero']);
    expect(await again.create('GERO')).toBe(NAME_TAKEN);
    await again.enterWorld('Gero');
    const back = await new Player({ port: second.port, account: 'hedi' }).play('Hedi');
    expect(back.zuly).toBe(1000n);
    await again.world.take(S.PLAYER, (reader) => reader.u16() === back.objectId);
    expect(again.world.count(S.PLAYER)).toBe(0);
    expect(await second.stop()).toBe(0);
  }, 60_000);

  test('the database engine: play goes on when it is back, nobody is disconnected, nothing is lost', async () => {
    const service = await Service.start({ dataDir });
    const { port } = service;
    const [one, two] = [
      await new Player({ port, account: 'ilja' }).play('Ilja'),
      await new Player({ port, account: 'jule' }).play('Jule'),
    ];
    const lobby = new Player({ port, account: 'kai' });
    await lobby.logIn();
    await lobby.enterLobby();
    process.kill(Number(readFileSync(join(dataDir, 'engine.pid'), 'utf8').trim()), 'SIGKILL');
    // Volatile play needs no database; a creation waits for it.
    one.say('what was that?');
    await two.world.take(S.CHAT);
    expect(await lobby.create('Kai')).toBe(CREATED);
    await lobby.enterWorld('Kai');
    await one.world.take(S.PLAYER, (reader) => reader.u16() === lobby.objectId);
    for (const player of [one, two, lobby]) expect(await player.logOut()).toBe(0);
    const back = await new Player({ port, account: 'ilja' }).play('Ilja');
    expect(back.zuly).toBe(1000n);
    back.drop();
    expect(await service.stop()).toBe(0);
  }, 60_000);
});
