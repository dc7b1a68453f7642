import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Writer } from './support/bytes.ts';
import { LittleClient } from './support/little-client.ts';
import { C, S } from './support/packets.ts';
import { Player, secretOf } from './support/player.ts';
import { withService } from './support/with-service.ts';

const LOGIN_TOKEN = 0x50a;
const JOIN_TOKEN = 0x510;
const LOGIN = { OK: 0, FAILED: 1, UNKNOWN: 2, INVALID: 3, ALREADY: 4, TOO_MANY: 8 };
const JOIN = { OK: 0, FAILED: 1, TIME_OUT: 2, INVALID_PASSWORD: 3 };

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signed token, made by hand. */
function tokenOf(secret: string, claims: object, header: object = { alg: 'HS256', typ: 'JWT' }): string {
  const body = `${base64(header)}.${base64(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

async function loginWith(port: number, token: string): Promise<{ client: LittleClient; result: number }> {
  const client = await LittleClient.connect(port);
  client.send(LOGIN_TOKEN, new Writer().text(token).done());
  return { client, result: (await client.take(S.LOGIN)).u8() };
}

async function ticketOf(client: LittleClient): Promise<number> {
  client.send(C.SELECT_SERVER, new Writer().u32(1).u8(1).done());
  const selected = await client.take(S.SELECT_SERVER);
  expect(selected.u8()).toBe(0);
  return selected.u32();
}

async function joinWith(port: number, ticket: number, secret: string): Promise<number> {
  const client = await LittleClient.connect(port);
  client.send(C.JOIN, new Writer().u32(ticket).fixed(secret).done());
  const result = (await client.take(S.JOIN)).u8();
  client.end();
  return result;
}

describe.concurrent('logins', () => {
  test('LOGIN_ERRORS=uniform tells an unknown account and a wrong password alike', () =>
    withService({ LOGIN_ERRORS: 'uniform', AUTO_CREATE_ACCOUNTS: 'false' }, async ({ port }) => {
      expect(await new Player({ port, account: 'nobody' }).logIn()).toBe(LOGIN.INVALID);
    }));

  test('DUPLICATE_LOGIN=refuse keeps who is there, and lets in when that one is gone', () =>
    withService({ DUPLICATE_LOGIN: 'refuse' }, async ({ port }) => {
      const first = await new Player({ port, account: 'ruth' }).play('Ruth');
      expect(await new Player({ port, account: 'ruth' }).logIn()).toBe(LOGIN.ALREADY);
      first.say('mine');
      await first.world.take(S.CHAT);
      first.drop();
      const second = await new Player({ port, account: 'ruth' }).play('Ruth');
      second.drop();
    }));

  test('failures count against the account, also with the right password afterwards', () =>
    withService({}, async ({ port }) => {
      const account = 'sven';
      expect(await new Player({ port, account }).logIn()).toBe(LOGIN.OK);
      for (let count = 0; count < 5; count += 1)
        expect(await new Player({ port, account, password: 'wrong' }).logIn()).toBe(LOGIN.INVALID);
      expect(await new Player({ port, account }).logIn()).toBe(LOGIN.FAILED);
      expect(await new Player({ port, account: 'tess' }).logIn()).toBe(LOGIN.OK);
    }));

  test('failures count against the address', () =>
    withService({ LOGIN_FAILURES_PER_ADDRESS: '3', AUTO_CREATE_ACCOUNTS: 'false' }, async ({ port }) => {
      for (const account of ['a1', 'a2', 'a3'])
        expect(await new Player({ port, account }).logIn()).toBe(LOGIN.UNKNOWN);
      expect(await new Player({ port, account: 'a4' }).logIn()).toBe(LOGIN.FAILED);
    }));

  test(
    'MAX_PLAYERS: who comes too many is told so',
    () =>
      withService({ MAX_PLAYERS: '1' }, async ({ port }) => {
        const first = await new Player({ port, account: 'uta' }).play('Uta');
        await new Promise((resolve) => setTimeout(resolve, 10_500));
        expect(await new Player({ port, account: 'vic' }).logIn()).toBe(LOGIN.TOO_MANY);
        first.drop();
      }),
    40_000,
  );

  test('32 bytes of password are a secret of their own', () =>
    withService({}, async ({ port }) => {
      const short = secretOf('secret').slice(0, 32);
      const client = await LittleClient.connect(port);
      client.send(C.LOGIN, new Writer().fixed(short).text('willi').done());
      expect((await client.take(S.LOGIN)).u8()).toBe(LOGIN.OK);
      const ticket = await ticketOf(client);
      expect(await joinWith(port, ticket, short)).toBe(JOIN.OK);
      expect(await new Player({ port, account: 'willi' }).logIn()).toBe(LOGIN.INVALID);
      client.end();
    }));
});

describe.concurrent('tokens', () => {
  const secret = 'a secret of at least thirty-two characters';
  const soon = () => Math.floor(Date.now() / 1000) + 60;

  test('a signed one logs in and joins; a forged, an expired and an unsigned one do not', () =>
    withService({ TOKEN_SECRET: secret }, async ({ port }) => {
      const token = tokenOf(secret, { sub: 'xena', exp: soon() });
      const { client, result } = await loginWith(port, token);
      expect(result).toBe(LOGIN.OK);
      const ticket = await ticketOf(client);
      const lobby = await LittleClient.connect(port);
      lobby.send(JOIN_TOKEN, new Writer().u32(ticket).text(token).done());
      expect((await lobby.take(S.JOIN)).u8()).toBe(JOIN.OK);
      lobby.send(C.CHARACTERS);
      await lobby.take(S.CHARACTERS);
      const bad = [
        tokenOf('another secret of thirty-two characters', { sub: 'xena', exp: soon() }),
        tokenOf(secret, { sub: 'xena', exp: soon() - 3600 }),
        tokenOf(secret, { sub: 'xena' }),
        `${base64({ alg: 'none' })}.${base64({ sub: 'xena', exp: soon() })}.`,
        'no token at all',
      ];
      for (const one of bad) expect((await loginWith(port, one)).result).not.toBe(LOGIN.OK);
      lobby.end();
      client.end();
    }));

  test('are refused where no secret is set', () =>
    withService({}, async ({ port }) => {
      expect((await loginWith(port, tokenOf(secret, { sub: 'xena', exp: soon() }))).result).toBe(
        LOGIN.FAILED,
      );
    }));
});

describe.concurrent('tickets', () => {
  test('work once, with the password of the login only, and five failures a minute close the door', () =>
    withService({}, async (service) => {
      const { port } = service;
      const player = new Player({ port, account: 'yves' });
      await player.logIn();
      const ticket = await ticketOf(player.login);
      expect(await joinWith(port, ticket, secretOf('wrong'))).toBe(JOIN.INVALID_PASSWORD);
      expect(await joinWith(port, ticket, secretOf('secret'))).toBe(JOIN.OK);
      expect(await joinWith(port, ticket, secretOf('secret'))).toBe(JOIN.TIME_OUT);
      const other = new Player({ port, account: 'zoe' });
      await other.logIn();
      for (const wrong of [1, 2, 3])
        expect(await joinWith(port, wrong, secretOf('secret'))).toBe(JOIN.TIME_OUT);
      expect(await joinWith(port, await ticketOf(other.login), secretOf('secret'))).toBe(JOIN.FAILED);
      player.drop();
      other.drop();
    }));
});

describe.concurrent('channels', () => {
  test(
    'tell their load in per cent; a full one is closed to players',
    () =>
      withService({ CHANNEL_PLAYERS: '2' }, async ({ port }) => {
        const load = async (player: Player) => {
          player.login.send(C.CHANNELS, new Writer().u32(1).done());
          const reply = await player.login.take(S.CHANNELS);
          reply.u32();
          reply.u8();
          reply.skip(3);
          return reply.u16();
        };
        const watcher = new Player({ port, account: 'watcher' });
        await watcher.logIn();
        expect(await load(watcher)).toBe(0);
        const players = [
          await new Player({ port, account: 'aone' }).play('Aone'),
          await new Player({ port, account: 'atwo' }).play('Atwo'),
        ];
        await new Promise((resolve) => setTimeout(resolve, 10_500));
        expect(await load(watcher)).toBe(100);
        watcher.login.send(C.SELECT_SERVER, new Writer().u32(1).u8(1).done());
        expect((await watcher.login.take(S.SELECT_SERVER)).u8()).toBe(2);
        watcher.login.send(C.SELECT_SERVER, new Writer().u32(1).u8(9).done());
        expect((await watcher.login.take(S.SELECT_SERVER)).u8()).toBe(3);
        for (const player of [...players, watcher]) player.drop();
      }),
    40_000,
  );
});
