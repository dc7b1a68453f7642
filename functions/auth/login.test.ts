import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { type FamilyUnderTest, testFamily } from '../../shared/kit/testing/index.ts';
import { JoinResult, LoginResult, ServerSelectResult } from '../../shared/protocol/packets.generated.ts';
import { type AuthSettings, readAuthSettings } from '../../shared/services/builtin/index.ts';
import { granted, openStore } from '../../shared/store/index.ts';
import { accountService, authService, characterService } from '../../test/support/services.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { family } from './family.ts';
import type { AuthSection } from './sections.ts';
import type { AuthServices } from './services.ts';

type Client = FamilyUnderTest<AuthSection, AuthServices>;

const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');
const LONG = digest('sha256', 'correct');
const SHORT = digest('md5', 'correct');
const WRONG = digest('sha256', 'wrong');

const engine = useTestEngine();
let count = 0;
let name = '';
let now = Date.now();

beforeEach(async () => {
  count += 1;
  name = `Player${count}`;
  now = Date.now();
  await accountService(engine.store).add({ name, password: 'correct', right: 1, now });
});

function services(settings: Partial<AuthSettings> = {}): AuthServices {
  const merged = { ...readAuthSettings({}), LOGIN_FAILURES_PER_ADDRESS: 1_000_000, ...settings };
  const store = granted(engine.store, family.manifest.tables);
  return { auth: authService(store, merged), characters: characterService(store) };
}

/** A new connection. Turn ids of the test kit repeat, and with them the keys of idempotency: message numbers set them apart. */
function connect(over: { settings?: Partial<AuthSettings>; id?: string } = {}): Client {
  count += 1;
  const id = over.id ?? `c-${count}`;
  return testFamily(family, {
    id,
    stage: 'login',
    address: `10.0.${count % 250}.1`,
    services: services(over.settings),
    now,
    public: { host: '203.0.113.7', port: 29_000 },
  });
}

async function loggedIn(over: { settings?: Partial<AuthSettings>; id?: string } = {}): Promise<Client> {
  const client = connect(over);
  const result = await client.packet('CLI_LOGIN_REQ', { username: name, password: LONG });
  if (result.reply('SRV_LOGIN_REPLY').result !== LoginResult.OK) throw new Error('not logged in');
  return client;
}

async function ticketOf(client: Client): Promise<number> {
  const result = await client.packet('CLI_SRV_SELECT_REQ', { serverId: 1, channelId: 1 });
  const { result: code, sessionId } = result.reply('SRV_SRV_SELECT_REPLY');
  if (code !== ServerSelectResult.OK) throw new Error(`not selected: ${code}`);
  return sessionId;
}

test('a client is accepted', async () => {
  const reply = (await connect().packet('CLI_ACCEPT_REQ', {})).reply('SRV_ACCEPT_REPLY');
  expect(reply).toEqual({ result: 2, randValue: Math.floor(now / 1000) });
});

describe('logging in', () => {
  test.each([LONG, SHORT])(
    'with either form of the password the client gets the server list',
    async (password) => {
      const client = connect();
      const result = await client.packet('CLI_LOGIN_REQ', { username: name.toLowerCase(), password });
      expect(result.reply('SRV_LOGIN_REPLY')).toEqual({
        result: LoginResult.OK,
        right: 1,
        type: 0,
        serversInfo: [{ test: 0x20, name: 'Packet Edge', id: 1 }],
      });
      expect(client.connection.userId).not.toBeNull();
      expect(client.connection.sessionId).not.toBeNull();
      expect(client.sections.session).toMatchObject({ account: name, right: 1 });
      expect(client.timers.map((timer) => timer.name)).toEqual(['auth.renew']);
    },
  );

  test.each([
    ['the wrong password', { password: WRONG }, LoginResult.INVALID_PASSWORD],
    ['an unknown name', { username: 'nobody-here' }, LoginResult.UNKNOWN_ACCOUNT],
    ['no name', { username: '' }, LoginResult.NO_NAME],
    ['a name that is no text', { username: { $hex: 'ff41' } }, LoginResult.UNKNOWN_ACCOUNT],
    ['a password that is no text', { password: { $hex: 'ff'.repeat(64) } }, LoginResult.INVALID_PASSWORD],
  ])('%s is refused with its code', async (_what, over, code) => {
    const client = connect();
    const result = await client.packet('CLI_LOGIN_REQ', { username: name, password: LONG, ...over });
    expect(result.reply('SRV_LOGIN_REPLY')).toEqual({ result: code, right: 0, type: 0, serversInfo: [] });
    expect(result.refused).toBeDefined();
    expect(client.connection.userId).toBeNull();
  });

  test('banned and unentitled accounts have codes of their own, and the latter are closed', async () => {
    const accounts = accountService(engine.store);
    await accounts.setBanned({ name, banned: true });
    const banned = await connect().packet('CLI_LOGIN_REQ', { username: name, password: LONG });
    expect(banned.reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.REFUSED_ACCOUNT);
    await accounts.setBanned({ name, banned: false });
    await accounts.setRight({ name, right: 0 });
    const unentitled = await connect().packet('CLI_LOGIN_REQ', { username: name, password: LONG });
    expect(unentitled.reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.NO_RIGHT_TO_CONNECT);
    expect(unentitled.close).toBeDefined();
  });

  test('a connection logs in once', async () => {
    const client = await loggedIn();
    const again = await client.packet('CLI_LOGIN_REQ', { username: name, password: LONG });
    expect(again.reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.ALREADY_LOGGEDIN);
  });

  test('a signed token logs in and joins', async () => {
    const settings = { TOKEN_SECRET: 'a-secret-of-at-least-32-characters!' };
    const token = await new SignJWT({ sub: name, exp: Math.floor(now / 1000) + 60 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(settings.TOKEN_SECRET));
    const client = connect({ settings });
    const result = await client.packet('CLI_LOGIN_TOKEN_REQ', { token });
    expect(result.reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.OK);
    const sessionId = await ticketOf(client);
    const lobby = connect({ settings });
    const forged = await lobby.packet('CLI_JOIN_SERVER_TOKEN_REQ', { sessionId, token: `${token}x` });
    expect(forged.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.INVALID_PASSWORD);
    const joined = await lobby.packet('CLI_JOIN_SERVER_TOKEN_REQ', { sessionId, token });
    expect(joined.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.OK);
    expect(lobby.connection.stage).toBe('lobby');
  });

  test('tokens fail without a secret', async () => {
    const result = await connect().packet('CLI_LOGIN_TOKEN_REQ', { token: 'a.b.c' });
    expect(result.reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.FAILED);
  });
});

describe('choosing a channel', () => {
  test('needs a login, a server and a channel that exist, and one that has room', async () => {
    const stranger = connect();
    const refused = await stranger.packet('CLI_CHANNEL_LIST_REQ', { serverId: 1 });
    expect(refused.reply('SRV_CHANNEL_LIST_REPLY')).toEqual({ id: 1, channels: [] });
    const client = await loggedIn();
    const listed = (await client.packet('CLI_CHANNEL_LIST_REQ', { serverId: 1 })).reply(
      'SRV_CHANNEL_LIST_REPLY',
    );
    expect(listed).toMatchObject({ id: 1, channels: [{ id: 1, name: 'Channel 1', lowAge: 0, highAge: 0 }] });
    const unknown = await client.packet('CLI_CHANNEL_LIST_REQ', { serverId: 9 });
    expect(unknown.reply('SRV_CHANNEL_LIST_REPLY')).toEqual({ id: 9, channels: [] });
    const code = async (from: Client, serverId: number, channelId: number) =>
      (await from.packet('CLI_SRV_SELECT_REQ', { serverId, channelId })).reply('SRV_SRV_SELECT_REPLY').result;
    expect(await code(stranger, 1, 1)).toBe(ServerSelectResult.FAILED);
    expect(await code(client, 9, 1)).toBe(ServerSelectResult.FAILED);
    expect(await code(client, 1, 9)).toBe(ServerSelectResult.INVALID_CHANNEL);
    expect(await code(client, 1, 1)).toBe(ServerSelectResult.OK);
  });

  test('sends the client to the public address with a ticket', async () => {
    const client = await loggedIn();
    const reply = (await client.packet('CLI_SRV_SELECT_REQ', { serverId: 1, channelId: 1 })).reply(
      'SRV_SRV_SELECT_REPLY',
    );
    expect(reply).toMatchObject({ cryptVal: 0, ip: '203.0.113.7', port: 29_000 });
    expect(reply.sessionId).toBeGreaterThan(0);
  });
});

describe('a channel that takes nobody', () => {
  const selecting = async (channel: { capacity: number; active: boolean }, right: number) => {
    await accountService(engine.store).setRight({ name, right });
    const real = services();
    const channels = async () => ({ code: 'ok' as const, channels: [{ id: 1, name: 'One', ...channel }] });
    const client = testFamily(family, {
      id: `full-${name}`,
      stage: 'login',
      now,
      services: { ...real, auth: { ...real.auth, channels } },
    });
    await client.packet('CLI_LOGIN_REQ', { username: name, password: LONG });
    const result = await client.packet('CLI_SRV_SELECT_REQ', { serverId: 1, channelId: 1 });
    return result.reply('SRV_SRV_SELECT_REPLY').result;
  };

  test.each([
    ['full', { capacity: 100, active: true }, 1, ServerSelectResult.FULL],
    ['nearly full', { capacity: 99, active: true }, 1, ServerSelectResult.OK],
    ['full, for operators', { capacity: 100, active: true }, 256, ServerSelectResult.OK],
    ['closed', { capacity: 0, active: false }, 256, ServerSelectResult.CHANNEL_NOT_ACTIVE],
  ])('%s', async (_what, channel, right, code) => {
    expect(await selecting(channel, right)).toBe(code);
  });
});

test('while the database is away everything that has a code says FAILED', async () => {
  const store = openStore(
    { DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' },
    { patience: { within: 20, first: 5, longest: 10 } },
  );
  const away = {
    auth: authService(store, readAuthSettings({})),
    characters: characterService(store),
  };
  const client = testFamily(family, { stage: 'login', now, services: away });
  const login = await client.packet('CLI_LOGIN_REQ', { username: name, password: LONG });
  expect(login.reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.FAILED);
  const join = await client.packet('CLI_JOIN_SERVER_REQ', { sessionId: 1, password: LONG });
  expect(join.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.FAILED);
  expect(join.refused).toBe('service_down');
  client.connection.userId = 'someone';
  client.connection.sessionId = 'session';
  const select = await client.packet('CLI_SRV_SELECT_REQ', { serverId: 1, channelId: 1 });
  expect(select.reply('SRV_SRV_SELECT_REPLY').result).toBe(ServerSelectResult.FAILED);
  expect((await client.signal('edge.closing', { reason: 'client_closed' })).failed).toBeUndefined();
  expect(client.lines.some((line) => JSON.stringify(line).includes(LONG))).toBe(false);
  store.close();
});

describe('joining the lobby', () => {
  test('works in a new connection, and in the same one', async () => {
    const login = await loggedIn();
    for (const client of [connect(), login]) {
      const sessionId = await ticketOf(login);
      const result = await client.packet('CLI_JOIN_SERVER_REQ', { sessionId, password: LONG });
      expect(result.reply('SRV_JOIN_SERVER_REPLY')).toMatchObject({ result: JoinResult.OK });
      expect(client.connection).toMatchObject({ stage: 'lobby', userId: login.connection.userId });
      expect(client.sections.session).toMatchObject({ account: name, serverId: 1, channelId: 1 });
    }
  });

  test.each([
    ['the other form of the password', SHORT, JoinResult.INVALID_PASSWORD],
    ['a wrong password', WRONG, JoinResult.INVALID_PASSWORD],
  ])('%s is refused and does not use the ticket up', async (_what, password, code) => {
    const sessionId = await ticketOf(await loggedIn());
    const client = connect();
    const join = (secret: string) => client.packet('CLI_JOIN_SERVER_REQ', { sessionId, password: secret });
    expect((await join(password)).reply('SRV_JOIN_SERVER_REPLY')).toEqual({
      result: code,
      id: 0,
      payFlag: 0,
    });
    expect(client.connection.stage).toBe('login');
    expect((await join(LONG)).reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.OK);
  });

  test('unknown, used and old tickets have timed out', async () => {
    const login = await loggedIn();
    const used = await ticketOf(login);
    const late = await ticketOf(login);
    const join = async (sessionId: number) => {
      const client = connect();
      const result = await client.packet('CLI_JOIN_SERVER_REQ', { sessionId, password: LONG });
      return result.reply('SRV_JOIN_SERVER_REPLY').result;
    };
    expect(await join(0)).toBe(JoinResult.TIME_OUT);
    expect(await join(used)).toBe(JoinResult.OK);
    expect(await join(used)).toBe(JoinResult.TIME_OUT);
    now += 60_001;
    expect(await join(late)).toBe(JoinResult.TIME_OUT);
  });

  test('a connection of one account takes no ticket of another', async () => {
    const first = await loggedIn();
    const foreign = await ticketOf(first);
    count += 1;
    name = `Player${count}`;
    await accountService(engine.store).add({ name, password: 'correct', right: 1, now });
    const second = await loggedIn();
    const result = await second.packet('CLI_JOIN_SERVER_REQ', { sessionId: foreign, password: LONG });
    expect(result.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.ALREADY_LOGGEDIN);
    expect(
      (await connect().packet('CLI_JOIN_SERVER_REQ', { sessionId: foreign, password: LONG })).refused,
    ).toBeUndefined();
  });

  test('is refused in the world with its own failure reply', async () => {
    const client = connect();
    client.connection.stage = 'world';
    const result = await client.packet('CLI_JOIN_SERVER_REQ', { sessionId: 1, password: LONG });
    expect(result.refused).toBe('wrong_stage');
    expect(result.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.FAILED);
  });
});

describe('leaving', () => {
  test('logout answers 0 and closes', async () => {
    const result = await (await loggedIn()).packet('CLI_LOGOUT_REQ', {});
    expect(result.reply('SRV_LOGOUT_REPLY')).toEqual({ waitTime: 0 });
    expect(result.close).toEqual({ reason: 'logout' });
  });

  test('after combat it takes ten seconds, and asking again does not restart them', async () => {
    const client = await loggedIn();
    client.connection.stage = 'world';
    client.connection.characterId = 'hero';
    client.connection.sections.vitals = { hp: 1, mp: 1, at: now, combatAt: now - 9_999 };
    const result = await client.packet('CLI_LOGOUT_REQ', {});
    expect(result.reply('SRV_LOGOUT_REPLY')).toEqual({ waitTime: 10 });
    expect(result.close).toBeUndefined();
    await client.advance(4_000);
    expect((await client.packet('CLI_LOGOUT_REQ', {})).reply('SRV_LOGOUT_REPLY')).toEqual({ waitTime: 6 });
    const results = await client.advance(6_000);
    expect(results.at(-1)?.close).toEqual({ reason: 'logout' });
  });

  test('a logout of one character does not end the play of the next in the same connection', async () => {
    const client = await loggedIn();
    const sessionId = await ticketOf(client);
    client.connection.stage = 'world';
    client.connection.characterId = 'hero';
    client.connection.sections.vitals = { hp: 1, mp: 1, at: now, combatAt: now };
    await client.packet('CLI_LOGOUT_REQ', {});
    client.connection.stage = 'lobby';
    client.connection.characterId = null;
    const joined = await client.packet('CLI_JOIN_SERVER_REQ', { sessionId, password: LONG });
    expect(joined.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.OK);
    expect((await client.advance(10_000)).flatMap(({ close }) => close ?? [])).toEqual([]);
  });

  test('the last connection ends the session; a ticket that is out keeps it', async () => {
    const login = await loggedIn();
    const sessionId = await ticketOf(login);
    await login.signal('edge.closing', { reason: 'client_closed' });
    const lobby = connect();
    await lobby.packet('CLI_JOIN_SERVER_REQ', { sessionId, password: LONG });
    expect(lobby.connection.stage).toBe('lobby');
    await lobby.signal('edge.closing', { reason: 'client_closed' });
    const results = await lobby.advance(10 * 60_000);
    expect(results.at(-1)?.close).toEqual({ reason: 'kicked' });
  });

  test('a session is renewed every ten minutes, and a ban closes its connections then', async () => {
    const client = await loggedIn();
    for (let minutes = 0; minutes < 60; minutes += 10) {
      const results = await client.advance(10 * 60_000);
      expect(results).toHaveLength(1);
      expect(results[0]?.close).toBeUndefined();
    }
    await accountService(engine.store, () => client.now).setBanned({ name, banned: true });
    expect((await client.advance(10 * 60_000)).at(-1)?.close).toEqual({ reason: 'kicked' });
  });
});

test('a screen shot gets the time of the server', async () => {
  now = Date.UTC(2026, 10, 23, 12, 34);
  const reply = (await connect().packet('CLI_SCREEN_SHOT_TIME_REQ', {})).reply('SRV_SCREEN_SHOT_TIME_REPLY');
  expect(reply).toEqual({ year: 2026, month: 11, day: 23, hour: 12, min: 34 });
});
