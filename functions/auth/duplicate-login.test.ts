import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type FamilyUnderTest, type TestResult, testFamily } from '../../shared/kit/testing/index.ts';
import { JoinResult, LoginResult } from '../../shared/protocol/packets.generated.ts';
import { type AuthSettings, readAuthSettings } from '../../shared/services/builtin/index.ts';
import { granted } from '../../shared/store/index.ts';
import { accountService, authService, characterService } from '../../test/support/services.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { family } from './family.ts';
import type { AuthSection } from './sections.ts';
import type { AuthServices } from './services.ts';

type Client = FamilyUnderTest<AuthSection, AuthServices>;
type Result = TestResult<AuthSection>;

const PASSWORD = createHash('sha256').update('correct').digest('hex');

const engine = useTestEngine();
let count = 0;
let name = '';
let now = Date.now();
/** Connections of the test by id: signals find them here. */
let connections: Map<string, Client>;

beforeEach(async () => {
  count += 1;
  name = `Player${count}`;
  now = Date.now();
  connections = new Map();
  await accountService(engine.store).add({ name, password: 'correct', right: 1, now });
});

function connect(settings: Partial<AuthSettings> = {}): Client {
  count += 1;
  const id = `c-${count}`;
  const store = granted(engine.store, family.manifest.tables);
  const services = {
    auth: authService(store, { ...readAuthSettings({}), ...settings }),
    characters: characterService(store),
  };
  const client = testFamily(family, { id, stage: 'login', services, now });
  connections.set(id, client);
  return client;
}

const login = (client: Client) => client.packet('CLI_LOGIN_REQ', { username: name, password: PASSWORD });

/** Hands the signals of a result on as the ingress would, to connections and to self; returns every result in order. */
async function route(client: Client, result: Result): Promise<{ client: Client; result: Result }[]> {
  const results: { client: Client; result: Result }[] = [];
  for (const { to, name: signal, payload } of result.signals) {
    const from = { connection: idOf(client), characterId: client.connection.characterId };
    const target = to === 'self' ? client : connections.get(to.slice('connection/'.length));
    if (to === 'self' && !signal.startsWith('auth.')) continue;
    const next =
      target === undefined
        ? { client, result: await client.signal('edge.undeliverable', { to, name: signal, payload }) }
        : { client: target, result: await target.signal(signal, payload, from) };
    results.push(next, ...(await route(next.client, next.result)));
  }
  return results;
}

function idOf(client: Client): string {
  for (const [id, one] of connections) if (one === client) return id;
  throw new Error('not connected');
}

function loginCode(results: readonly { client: Client; result: Result }[], client: Client): number {
  const replies = results.filter(
    (one) => one.client === client && one.result.names.includes('SRV_LOGIN_REPLY'),
  );
  if (replies.length !== 1) throw new Error(`${replies.length} answers`);
  return replies[0]?.result.reply('SRV_LOGIN_REPLY').result ?? -1;
}

describe('DUPLICATE_LOGIN=kick', () => {
  test('the older connection is closed before the newer one is answered', async () => {
    const [old, young] = [connect(), connect()];
    await login(old);
    const first = await login(young);
    expect(first.names).toEqual([]);
    expect(young.connection.userId).toBeNull();
    const results = await route(young, first);
    expect(results[0]?.client).toBe(old);
    expect(results[0]?.result.close).toEqual({ reason: 'kicked' });
    expect(loginCode(results, young)).toBe(LoginResult.OK);
    expect(young.connection.userId).toBe(old.connection.userId);
    expect(young.connection.sessionId).not.toBe(old.connection.sessionId);
    expect(young.timers.map((timer) => timer.name)).toEqual(['auth.renew']);
  });

  test('one in the world leaves it and is saved before the newer one is told', async () => {
    const [old, young] = [connect(), connect()];
    await login(old);
    old.connection.stage = 'world';
    old.connection.characterId = 'hero';
    const kicked = await route(young, await login(young));
    const ofOld = kicked.filter((one) => one.client === old).map((one) => one.result);
    expect(ofOld[0]?.signals.map((signal) => signal.name)).toEqual(['movement.leave', 'auth.left']);
    expect(ofOld[0]?.close).toBeUndefined();
    expect(ofOld[1]?.raw.state).toEqual({ characterId: null });
    expect(ofOld[1]?.signals.map((signal) => signal.name)).toEqual(['auth.gone']);
    expect(loginCode(kicked, young)).toBe(LoginResult.OK);
  });

  test('all connections of the older session are waited for', async () => {
    const [loginOne, lobbyOne, young] = [connect(), connect(), connect()];
    await login(loginOne);
    const selected = await loginOne.packet('CLI_SRV_SELECT_REQ', { serverId: 1, channelId: 1 });
    const { sessionId } = selected.reply('SRV_SRV_SELECT_REPLY');
    await lobbyOne.packet('CLI_JOIN_SERVER_REQ', { sessionId, password: PASSWORD });
    const first = await login(young);
    expect(first.signals.map((signal) => signal.to).sort()).toEqual(
      [`connection/${idOf(loginOne)}`, `connection/${idOf(lobbyOne)}`].sort(),
    );
    await young.signal('auth.gone', {}, { connection: idOf(lobbyOne) });
    expect(young.connection.userId).toBeNull();
    await young.signal('auth.gone', {}, { connection: 'c-0' });
    expect(young.connection.userId).toBeNull();
    const last = await young.signal('auth.gone', {}, { connection: idOf(loginOne) });
    expect(last.reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.OK);
  });

  test('connections that are gone are not waited for, silent ones three seconds', async () => {
    const [old, young, third] = [connect(), connect(), connect()];
    await login(old);
    connections.delete(idOf(old));
    const results = await route(young, await login(young));
    expect(loginCode(results, young)).toBe(LoginResult.OK);
    const waiting = await login(third);
    expect(waiting.names).toEqual([]);
    const [late] = await third.advance(3_000);
    expect(late?.reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.OK);
    expect(await third.advance(1_000)).toEqual([]);
  });

  test('a login that leaves while it waits leaves no session behind', async () => {
    const [old, young] = [connect(), connect({ DUPLICATE_LOGIN: 'kick' })];
    await login(old);
    await login(young);
    await young.signal('edge.closing', { reason: 'client_closed' });
    const third = connect({ DUPLICATE_LOGIN: 'refuse' });
    expect((await login(third)).reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.OK);
  });

  test('a login that waits and is overtaken by a third one is told so', async () => {
    const [old, young, third] = [connect(), connect(), connect()];
    await login(old);
    await login(young);
    const overtaking = await login(third);
    expect(overtaking.signals.map((signal) => signal.to)).toEqual([
      `connection/${idOf(young)}`,
      `connection/${idOf(old)}`,
    ]);
    const results = await route(third, overtaking);
    expect(loginCode(results, young)).toBe(LoginResult.ALREADY_LOGGEDIN);
    expect(loginCode(results, third)).toBe(LoginResult.OK);
  });

  test('nothing else is taken from a connection whose login is pending', async () => {
    const [old, young] = [connect(), connect()];
    await login(old);
    await login(young);
    expect((await login(young)).reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.ALREADY_LOGGEDIN);
    const join = await young.packet('CLI_JOIN_SERVER_REQ', { sessionId: 1, password: PASSWORD });
    expect(join.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.ALREADY_LOGGEDIN);
  });
});

describe('DUPLICATE_LOGIN=refuse', () => {
  const refuse = { DUPLICATE_LOGIN: 'refuse' } as const;

  test('the newer login is refused while a connection of the older one lives', async () => {
    const [old, young] = [connect(refuse), connect(refuse)];
    await login(old);
    const results = await route(young, await login(young));
    expect(loginCode(results, young)).toBe(LoginResult.ALREADY_LOGGEDIN);
    expect(results.every((one) => one.result.close === undefined)).toBe(true);
    expect(young.connection.userId).toBeNull();
    expect(young.sections.session).toBeUndefined();
    expect(young.timers).toEqual([]);
  });

  test('a session whose connections died does not block its account', async () => {
    const [old, young] = [connect(refuse), connect(refuse)];
    await login(old);
    connections.delete(idOf(old));
    const results = await route(young, await login(young));
    expect(loginCode(results, young)).toBe(LoginResult.OK);
    expect(young.connection.userId).toBe(old.connection.userId);
  });

  test('without any answer it is refused after three seconds', async () => {
    const [old, young] = [connect(refuse), connect(refuse)];
    await login(old);
    await login(young);
    const [late] = await young.advance(3_000);
    expect(late?.reply('SRV_LOGIN_REPLY').result).toBe(LoginResult.ALREADY_LOGGEDIN);
  });
});

test('a second connection in the world displaces the first of the same session', async () => {
  const [old, young] = [connect(), connect()];
  await login(old);
  const { userId, sessionId } = old.connection;
  if (userId === null || sessionId === null) throw new Error('not logged in');
  const created = await characterService(engine.store).create({
    userId,
    right: 1,
    name: `Hero${count}`,
    race: 0,
    face: 0,
    hair: 0,
    now,
    step: `create-${count}`,
  });
  if (created.code !== 'ok') throw new Error(created.code);
  const auth = authService(engine.store, readAuthSettings({}));
  const ticket = async (): Promise<number> => {
    count += 1;
    const target = { stage: 'world', characterId: created.id } as const;
    const issued = await auth.issueTicket({ userId, sessionId, target, now, step: `t-${count}` });
    if (issued.code !== 'ok') throw new Error(issued.code);
    return issued.ticket;
  };
  const enter = async (client: Client) =>
    client.packet('CLI_JOIN_SERVER_REQ', { sessionId: await ticket(), password: PASSWORD });
  const first = connect();
  expect((await enter(first)).signals).toEqual([]);
  expect(first.connection).toMatchObject({ stage: 'world', characterId: created.id });
  const second = await enter(young);
  expect(second.names).toEqual([]);
  expect(second.signals).toEqual([{ to: `connection/${idOf(first)}`, name: 'auth.kick', payload: {} }]);
  const deleting = characterService(engine.store);
  await deleting.remove({ userId, characterId: created.id, now, step: 'remove' });
  const third = await enter(connect());
  expect(third.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.FAILED);
  // It has the session's place in the world all the same: whoever had it may not play on beside the next character.
  expect(third.signals).toEqual([{ to: `connection/${idOf(young)}`, name: 'auth.kick', payload: {} }]);
});

test('a character that could not be taken over leads back to the lobby', async () => {
  const client = connect();
  client.connection.stage = 'world';
  const result = await client.signal('edge.denied', { characterId: 'hero', reason: 'missing' });
  expect(result.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.FAILED);
  expect(client.connection.stage).toBe('lobby');
});
