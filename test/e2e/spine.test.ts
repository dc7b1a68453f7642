import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { twoPlayersMeet } from './scenario.ts';
import { Writer } from './support/bytes.ts';
import { LittleClient } from './support/little-client.ts';
import { C, S } from './support/packets.ts';
import { Player, secretOf } from './support/player.ts';

const LOGIN = { OK: 0, UNKNOWN_ACCOUNT: 2, INVALID_PASSWORD: 3 };
const JOIN = { OK: 0, TIME_OUT: 2 };
const CREATE = { OK: 0, NAME_TAKEN: 2, INVALID_VALUE: 3, TOO_MANY: 4 };

describe('the main job', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
  });

  test('two players log in, meet, walk, talk and log out', () => twoPlayersMeet(service));

  test('the same with encrypted frames', () => twoPlayersMeet(service, { encrypted: true, prefix: 'e' }));

  test('a wrong password is told apart from an unknown account', async () => {
    const port = service.port;
    expect(await new Player({ port, account: 'cleo' }).logIn()).toBe(LOGIN.OK);
    expect(await new Player({ port, account: 'cleo', password: 'wrong' }).logIn()).toBe(
      LOGIN.INVALID_PASSWORD,
    );
  });

  test('a ticket works once, and a made-up one never', async () => {
    const player = new Player({ port: service.port, account: 'dora' });
    await player.logIn();
    await player.enterLobby();
    expect(await player.joinWith(0x12345678)).toBe(JOIN.TIME_OUT);
  });

  test('characters: values checked, names unique without case, five at most, deletion with grace', async () => {
    const player = new Player({ port: service.port, account: 'emil' });
    await player.logIn();
    await player.enterLobby();
    expect(await player.create('Emil')).toBe(CREATE.OK);
    expect(await player.create('EMIL')).toBe(CREATE.NAME_TAKEN);
    expect(await player.create('E')).toBe(CREATE.INVALID_VALUE);
    expect(await player.create('Emil two')).toBe(CREATE.INVALID_VALUE);
    expect(await player.create('Emila', { race: 2 })).toBe(CREATE.INVALID_VALUE);
    for (const name of ['Emilb', 'Emilc', 'Emild', 'Emile'])
      expect(await player.create(name)).toBe(CREATE.OK);
    expect(await player.create('Emilf')).toBe(CREATE.TOO_MANY);
    player.lobby.send(C.DELETE, new Writer().u8(0).u8(1).text('Emil').done());
    const deleted = await player.lobby.take(S.DELETE);
    expect(deleted.u32()).toBeGreaterThan(86_000);
    expect((await player.characters()).find((entry) => entry.name === 'Emil')?.deleteIn).toBeGreaterThan(
      86_000,
    );
  });

  test('a new character stands at the start with its starter kit', async () => {
    const player = await new Player({ port: service.port, account: 'fred' }).play('Fred');
    expect(player.zuly).toBe(1000n);
    const potions = player.bag.filter((item) => item.slot >= 12 && item.type === 10);
    expect(potions.some((item) => item.data === 10)).toBe(true);
    expect(player.bag.some((item) => item.slot === 7)).toBe(true);
    expect(player.bag.some((item) => item.slot >= 12 && item.type !== 10)).toBe(true);
    await player.logOut();
  });

  test('a second login of the account takes over, the first one is closed', async () => {
    const port = service.port;
    const first = await new Player({ port, account: 'ida' }).play('Ida');
    const second = await new Player({ port, account: 'ida' }).play('Ida');
    await first.world.ended();
    second.say('still here');
    await second.world.take(S.CHAT);
    second.drop();
  });

  test('bad frames close their own connection only, with a reason counted', async () => {
    const good = await LittleClient.connect(service.port);
    good.send(C.ACCEPT);
    await good.take(S.ACCEPT);
    const bad = await LittleClient.connect(service.port);
    bad.send(C.ACCEPT);
    await bad.take(S.ACCEPT);
    bad.raw(Buffer.from([3, 0, 0, 5, 0, 0]));
    await bad.ended();
    const noise = await LittleClient.connect(service.port);
    // Read as enciphered, this claims some length of at most 2,047 bytes, and its checksum is wrong.
    noise.raw(Buffer.alloc(2047, 0xa5));
    await noise.ended();
    good.send(C.LOGIN, new Writer().fixed(secretOf('secret')).text('jana').done());
    expect((await good.take(S.LOGIN)).u8()).toBe(LOGIN.OK);
    expect(await service.metric('bad_frames_total', 'reason="bad_size"')).toBeGreaterThan(0);
    good.end();
  });

  test('a packet in the wrong stage changes nothing and is counted', async () => {
    const client = await LittleClient.connect(service.port);
    client.send(C.ACCEPT);
    await client.take(S.ACCEPT);
    client.send(C.CHAT, new Writer().text('too early').done());
    client.send(C.CHAT, new Writer().text('too early').done());
    client.send(C.LOGIN, new Writer().fixed(secretOf('secret')).text('kurt').done());
    await client.take(S.LOGIN);
    expect(await service.metric('refusals_total', 'reason="wrong_stage"')).toBeGreaterThanOrEqual(2);
    client.end();
  });

  test('logs hold no passwords', () => {
    const logged = service.lines.join('\n');
    expect(logged).not.toContain(secretOf('secret'));
    expect(logged).not.toContain('"secret"');
  });
});

describe('a restart', () => {
  test('keeps accounts, characters and where they stood', async () => {
    const first = await Service.start();
    const before = await new Player({ port: first.port, account: 'lena' }).play('Lena');
    before.walkTo(before.x + 200, before.y);
    await before.world.take(S.MOUSE);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    first.process.kill('SIGTERM');
    await before.world.ended();
    // The folder outlives the service that made it: this one only borrows it.
    const second = await Service.start({
      dataDir: first.dataDir,
      environment: { AUTO_CREATE_ACCOUNTS: 'false' },
    });
    const after = await new Player({ port: second.port, account: 'lena' }).play('Lena');
    expect(after.x).toBeCloseTo(before.x + 200, -1);
    expect(after.zuly).toBe(1000n);
    expect(await new Player({ port: second.port, account: 'nobody' }).logIn()).toBe(LOGIN.UNKNOWN_ACCOUNT);
    expect(await second.stop()).toBe(0);
    await first.stop();
  });
});
