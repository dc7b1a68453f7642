import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { Writer } from './support/bytes.ts';
import { LittleClient } from './support/little-client.ts';
import { C, S } from './support/packets.ts';
import { Player, secretOf } from './support/player.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const join = (ticket: number) => new Writer().u32(ticket).fixed(secretOf('secret')).done();

/** Takes the ticket that leads to the world with this character, over any connection of the lobby. */
async function select(lobby: LittleClient, name: string): Promise<number> {
  lobby.send(C.CHARACTERS);
  const list = await lobby.take(S.CHARACTERS);
  const names = Array.from({ length: list.u8() }, () => {
    const listed = list.text();
    list.skip(1 + 2 + 2 + 4 + 1 + 4 + 4 + 32);
    return listed;
  });
  lobby.send(C.SELECT, new Writer().u8(names.indexOf(name)).u8(0).u8(0).text(name).done());
  const reply = await lobby.take(S.SWITCH);
  reply.u16();
  return reply.u32();
}

describe('what stock clients do', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
  });

  test('the log says where hand-over packets send players', () => {
    const ready = service.lines.find((line) => line.includes('ready for players')) ?? '';
    expect(JSON.parse(ready)).toMatchObject({ playersAreSentTo: `127.0.0.1:${service.port}` });
  });

  test('closing the lobby connection does not end the world', async () => {
    const player = await new Player({ port: service.port, account: 'ada' }).play('Ada');
    player.lobby.end();
    player.login.end();
    await player.lobby.ended();
    player.say('still here');
    await player.world.take(S.CHAT);
    await player.logOut();
  });

  test('losing the world connection lets the player pick another character in the lobby', async () => {
    const player = new Player({ port: service.port, account: 'bea' });
    await player.logIn();
    await player.enterLobby();
    for (const name of ['Beaone', 'Beatwo']) expect(await player.create(name)).toBe(0);
    await player.enterWorld('Beaone');
    player.world.destroy();
    await player.enterWorld('Beatwo');
    player.say('the other one');
    await player.world.take(S.CHAT);
    player.world.destroy();
    await player.enterWorld('Beaone');
    player.say('and back');
    await player.world.take(S.CHAT);
    player.drop();
  });

  test('back to the lobby by request: on the lobby connection, on the same one, and on a new one with the old number', async () => {
    const player = await new Player({ port: service.port, account: 'carl' }).play('Carl');
    player.world.send(C.CHANGE_CHARACTER);
    await player.world.take(S.CHANGE_CHARACTER);
    player.world.end();
    await player.enterWorld('Carl');
    player.world.send(C.CHANGE_CHARACTER);
    await player.world.take(S.CHANGE_CHARACTER);
    const ticket = await select(player.world, 'Carl');
    player.lobby.end();
    await player.joinWorld(ticket);
    player.world.send(C.CHANGE_CHARACTER);
    await player.world.take(S.CHANGE_CHARACTER);
    player.world.end();
    const again = await player.connect();
    again.send(C.JOIN, join(ticket));
    expect((await again.take(S.JOIN)).u8()).toBe(0);
    await player.joinWorld(await select(again, 'Carl'));
    player.say('here again');
    await player.world.take(S.CHAT);
    player.drop();
    again.end();
  });

  test('a client may carry on in one connection from the login to the world and back', async () => {
    const player = new Player({ port: service.port, account: 'dirk' });
    expect(await player.logIn()).toBe(0);
    const only = player.login;
    only.send(C.SELECT_SERVER, new Writer().u32(1).u8(1).done());
    const selected = await only.take(S.SELECT_SERVER);
    expect(selected.u8()).toBe(0);
    only.send(C.JOIN, join(selected.u32()));
    expect((await only.take(S.JOIN)).u8()).toBe(0);
    player.lobby = only;
    expect(await player.create('Dirk')).toBe(0);
    for (let round = 0; round < 2; round += 1) {
      only.send(C.JOIN, join(await select(only, 'Dirk')));
      const joined = await only.take(S.JOIN);
      expect(joined.u8()).toBe(0);
      player.objectId = joined.u32();
      for (const type of [S.SELECT_CHARACTER, S.INVENTORY, S.QUESTS, S.BILLING]) await only.take(type);
      only.send(C.CHANGE_MAP, new Writer().u8(0).u16(0).done());
      expect((await only.take(S.CHANGE_MAP)).u16()).toBe(player.objectId);
      only.send(C.CHAT, new Writer().text('one wire').done());
      expect((await only.take(S.CHAT)).u16()).toBe(player.objectId);
      only.send(C.CHANGE_CHARACTER);
      await only.take(S.CHANGE_CHARACTER);
    }
    only.send(C.LOGOUT);
    expect((await only.take(S.LOGOUT)).u16()).toBe(0);
    await only.ended();
  });

  test('the server closes what is left of a session in the lobby after a logout there', async () => {
    const player = new Player({ port: service.port, account: 'edda' });
    await player.logIn();
    await player.enterLobby();
    player.lobby.send(C.LOGOUT);
    expect((await player.lobby.take(S.LOGOUT)).u16()).toBe(0);
    await player.lobby.ended();
    player.drop();
  });

  test('packets of unknown types, and known ones that nobody handles, are counted and ignored', async () => {
    const client = await LittleClient.connect(service.port);
    client.send(C.ACCEPT);
    await client.take(S.ACCEPT);
    client.send(0x7fff, Buffer.from('whatever'));
    client.send(C.ALIVE);
    client.send(C.ACCEPT);
    await client.take(S.ACCEPT);
    expect(await service.metric('refusals_total', 'reason="unknown_type"')).toBe(1);
    expect(await service.metric('packets_received_total', 'type="CLI_ALIVE"')).toBe(1);
    expect(await service.metric('refusals_total', 'reason="unhandled"')).toBe(0);
    client.end();
  });

  test('the thirtieth packet of a wrong stage within a minute closes the connection, and only that', async () => {
    const [good, bad] = [await LittleClient.connect(service.port), await LittleClient.connect(service.port)];
    bad.send(C.ACCEPT);
    for (let count = 0; count < 29; count += 1) bad.send(C.CHAT, new Writer().text('too early').done());
    bad.send(C.ACCEPT);
    await bad.take(S.ACCEPT);
    await bad.take(S.ACCEPT);
    bad.send(C.CHAT, new Writer().text('too early').done());
    await bad.ended();
    good.send(C.ACCEPT);
    await good.take(S.ACCEPT);
    good.end();
  });

  test('a packet of the wrong stage is answered with its own failure reply', async () => {
    const player = await new Player({ port: service.port, account: 'fay' }).play('Fay');
    player.world.send(C.LOGIN, new Writer().fixed(secretOf('secret')).text('fay').done());
    expect((await player.world.take(S.LOGIN)).u8()).toBe(1);
    player.world.send(C.CREATE, new Writer().u8(0).u8(0).u8(1).u8(1).u8(0).u16(0).text('Fayb').done());
    expect((await player.world.take(S.CREATE)).u8()).not.toBe(0);
    player.drop();
  });
});

describe('idle connections', () => {
  test('are closed; one that says CLI_ALIVE is not', async () => {
    const service = await Service.start({ environment: { IDLE_TIMEOUT: '2' } });
    const [silent, alive] = [
      await LittleClient.connect(service.port),
      await LittleClient.connect(service.port),
    ];
    for (const client of [silent, alive]) {
      client.send(C.ACCEPT);
      await client.take(S.ACCEPT);
    }
    for (let count = 0; count < 6; count += 1) {
      alive.send(C.ALIVE);
      await pause(900);
    }
    expect(silent.closed).toBe(true);
    expect(alive.closed).toBe(false);
    expect(await service.metric('connections_closed_total', 'reason="idle_timeout"')).toBe(1);
    await alive.ended();
    expect(await service.stop()).toBe(0);
  }, 30_000);

  test('UNKNOWN_PACKET=close closes', async () => {
    const service = await Service.start({ environment: { UNKNOWN_PACKET: 'close' } });
    const client = await LittleClient.connect(service.port);
    client.send(C.ACCEPT);
    await client.take(S.ACCEPT);
    client.send(0x7fff);
    await client.ended();
    expect(await service.stop()).toBe(0);
  });
});
