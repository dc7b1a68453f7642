import { SignJWT } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { accountService, authService } from '../../../../test/support/services.ts';
import { useTestEngine } from '../../../../test/support/use-engine.ts';
import { openStore, type Store } from '../../../store/index.ts';
import type { AuthService, LoginOutcome, SessionGrant, TicketTarget } from '../../auth.ts';
import { secretsOf } from './password.ts';
import { type AuthSettings, readAuthSettings } from './settings.ts';

const TOKEN_SECRET = 'a-secret-of-at-least-32-characters!';
const LOBBY: TicketTarget = { stage: 'lobby', serverId: 1, channelId: 1 };

const engine = useTestEngine();
let count = 0;
let name = '';
let now = Date.now();

beforeEach(async () => {
  count += 1;
  name = `player${count}`;
  now = Date.now();
  await accountService(engine.store).add({ name, password: 'correct', right: 1, now });
});

function next(): number {
  count += 1;
  return count;
}

function service(settings: Partial<AuthSettings> = {}): AuthService {
  return authService(engine.store, {
    ...readAuthSettings({}),
    LOGIN_FAILURES_PER_ADDRESS: 1_000_000,
    ...settings,
  });
}

function attempt(
  auth: AuthService,
  over: { account?: string; secret?: string; connectionId?: string; address?: string } = {},
) {
  count += 1;
  const secret = over.secret ?? secretsOf('correct').long;
  return auth.login({
    account: over.account ?? name,
    secret,
    address: over.address ?? '127.0.0.1',
    connectionId: over.connectionId ?? `c-${count}`,
    now,
    step: `step-${count}`,
  });
}

function granted(outcome: LoginOutcome): SessionGrant {
  if (outcome.code !== 'ok') throw new Error(`expected ok, got ${outcome.code}`);
  return outcome.session;
}

async function ticketOf(auth: AuthService, session: SessionGrant, target = LOBBY): Promise<number> {
  const outcome = await auth.issueTicket({ ...session, target, now, step: `ticket-${next()}` });
  if (outcome.code !== 'ok') throw new Error(outcome.code);
  return outcome.ticket;
}

function joining(
  auth: AuthService,
  ticket: number,
  over: { secret?: string; step?: string; connectionId?: string; address?: string; userId?: string } = {},
) {
  count += 1;
  return auth.join({
    ticket,
    secret: { kind: 'password', value: over.secret ?? secretsOf('correct').long },
    address: over.address ?? `10.0.0.${count}`,
    connectionId: over.connectionId ?? `j-${count}`,
    userId: over.userId ?? null,
    now,
    step: over.step ?? `join-${count}`,
  });
}

describe('logging in', () => {
  test('both forms of a password made on the command line let the player in, in any case of the name', async () => {
    const { long, short } = secretsOf('correct');
    expect(await attempt(service(), { secret: long })).toMatchObject({
      code: 'ok',
      session: { account: name, right: 1 },
    });
    expect(await attempt(service(), { secret: short, account: name.toUpperCase() })).toMatchObject({
      code: 'ok',
    });
  });

  test('says which of name and password was wrong, unless errors are uniform', async () => {
    const wrong = secretsOf('wrong').long;
    expect(await attempt(service(), { secret: wrong })).toEqual({ code: 'invalid_password' });
    expect(await attempt(service(), { account: 'nobody-here' })).toEqual({ code: 'unknown_account' });
    expect(await attempt(service(), { account: 'x' })).toEqual({ code: 'unknown_account' });
    expect(await attempt(service(), { account: '' })).toEqual({ code: 'no_name' });
    const uniform = service({ LOGIN_ERRORS: 'uniform' });
    expect(await attempt(uniform, { secret: wrong })).toEqual({ code: 'invalid_password' });
    expect(await attempt(uniform, { account: 'nobody-here' })).toEqual({ code: 'invalid_password' });
  });

  test('makes unknown accounts when told to, with the form of the password that was sent', async () => {
    const auth = service({ AUTO_CREATE_ACCOUNTS: true });
    const fresh = `fresh${count}`;
    expect(await attempt(auth, { account: fresh })).toMatchObject({
      code: 'ok',
      session: { account: fresh, right: 1 },
    });
    expect(await attempt(auth, { account: fresh, secret: secretsOf('correct').short })).toEqual({
      code: 'invalid_password',
    });
    expect(await attempt(auth, { account: fresh })).toMatchObject({ code: 'ok' });
    expect(await attempt(auth, { account: 'no spaces' })).toEqual({ code: 'unknown_account' });
  });

  test('refuses banned accounts and those without right, only after the right password', async () => {
    const accounts = accountService(engine.store);
    await accounts.setBanned({ name, banned: true });
    expect(await attempt(service())).toEqual({ code: 'banned' });
    expect(await attempt(service(), { secret: secretsOf('wrong').long })).toEqual({
      code: 'invalid_password',
    });
    await accounts.setBanned({ name, banned: false });
    await accounts.setRight({ name, right: 0 });
    expect(await attempt(service())).toEqual({ code: 'no_right' });
  });

  test('above MAX_PLAYERS lets in operators, and those who replace a session of their own', async () => {
    const session = granted(await attempt(service()));
    const full = service({ MAX_PLAYERS: 1 });
    expect(await attempt(full)).toMatchObject({ code: 'ok', session: { userId: session.userId } });
    const other = `other${next()}`;
    await accountService(engine.store).add({ name: other, password: 'correct', right: 1, now });
    expect(await attempt(full, { account: other })).toEqual({ code: 'too_many_users' });
    await accountService(engine.store).setRight({ name: other, right: 256 });
    expect(await attempt(full, { account: other })).toMatchObject({ code: 'ok' });
  });
});

describe('failures', () => {
  test('after five wrong passwords even the right one has to wait a minute', async () => {
    const auth = service();
    for (let n = 0; n < 5; n += 1) {
      expect((await attempt(auth, { secret: secretsOf(`guess${n}`).long })).code).toBe('invalid_password');
    }
    expect((await attempt(auth)).code).toBe('limited');
    now += 61_000;
    expect((await attempt(auth)).code).toBe('ok');
  });

  test('guesses made at the same moment are told of five failures at most', async () => {
    const auth = service();
    const guesses = Array.from({ length: 20 }, (_, n) =>
      attempt(auth, { secret: secretsOf(`guess${n}`).long }),
    );
    const codes = (await Promise.all(guesses)).map((outcome) => outcome.code);
    expect(codes.filter((code) => code === 'invalid_password').length).toBeLessThanOrEqual(5);
    expect(codes.filter((code) => code !== 'limited' && code !== 'invalid_password')).toEqual([]);
  });

  test('the right password is not told either when guesses have passed the limit meanwhile', async () => {
    let release = () => {};
    const guessed = new Promise<void>((resolve) => {
      release = resolve;
    });
    const store: Store = {
      ...engine.store,
      get: async (table, key) => {
        const item = await engine.store.get(table, key);
        if (table === 'accounts') await guessed;
        return item;
      },
    };
    const right = attempt(authService(store, readAuthSettings({})), { address: `10.7.0.${next()}` });
    for (let n = 0; n < 5; n += 1) await attempt(service(), { secret: secretsOf(`guess${n}`).long });
    release();
    expect((await right).code).toBe('limited');
  });

  test('unknown names count against the address, and successes do not', async () => {
    const auth = service({ LOGIN_FAILURES_PER_ADDRESS: 3 });
    const address = `10.1.0.${count}`;
    for (let n = 0; n < 4; n += 1) expect((await attempt(auth, { address })).code).toBe('ok');
    for (let n = 0; n < 3; n += 1) {
      expect((await attempt(auth, { address, account: `nobody${count}x${n}` })).code).toBe('unknown_account');
    }
    expect((await attempt(auth, { address })).code).toBe('limited');
    expect((await attempt(auth, { address: `${address}9` })).code).toBe('ok');
  });
});

describe('one session an account', () => {
  test('a second login takes over and names the connections to be closed', async () => {
    const auth = service();
    const first = granted(await attempt(auth, { connectionId: 'old' }));
    const second = await attempt(auth, { connectionId: 'new' });
    expect(second).toMatchObject({ code: 'ok', displaced: ['old'] });
    expect(await auth.renew({ ...first, now, step: 's' })).toEqual({ code: 'session_gone' });
    expect(await auth.renew({ ...granted(second), now, step: 's' })).toEqual({ code: 'ok' });
  });

  test('exactly one of two logins at the same moment gets the session', async () => {
    const auth = service();
    for (let round = 0; round < 10; round += 1) {
      const outcomes = await Promise.all([attempt(auth), attempt(auth), attempt(auth)]);
      const grants = outcomes.filter((outcome) => outcome.code === 'ok').map(granted);
      expect(grants.length).toBeGreaterThanOrEqual(1);
      const alive = await Promise.all(grants.map((grant) => auth.renew({ ...grant, now, step: 's' })));
      expect(alive.filter(({ code }) => code === 'ok')).toHaveLength(1);
    }
  });

  test('a login that is run twice opens one session', async () => {
    const auth = service();
    const call = {
      account: name,
      secret: secretsOf('correct').long,
      address: '127.0.0.1',
      connectionId: 'c',
      now,
      step: `twice-${name}`,
    };
    const first = granted(await auth.login(call));
    expect(granted(await auth.login(call))).toEqual(first);
  });

  test('refusing holds a login until the holder is known to be gone', async () => {
    const auth = service({ DUPLICATE_LOGIN: 'refuse' });
    granted(await attempt(auth, { connectionId: 'old' }));
    const outcome = await attempt(auth, { connectionId: 'new' });
    if (outcome.code !== 'held') throw new Error(outcome.code);
    expect(outcome.connections).toEqual(['old']);
    const taken = await auth.takeOver({ held: outcome.held, connectionId: 'new', now, step: 't1' });
    expect(taken).toMatchObject({ code: 'ok', displaced: ['old'] });
    // The same refusal, replayed when somebody else holds the account by now.
    expect(await auth.takeOver({ held: outcome.held, connectionId: 'third', now, step: 't2' })).toEqual({
      code: 'in_use',
    });
  });

  test('refusing lets in after the last connection left, and not while a hand-over is under way', async () => {
    const auth = service({ DUPLICATE_LOGIN: 'refuse' });
    const first = granted(await attempt(auth, { connectionId: 'old' }));
    await ticketOf(auth, first);
    await auth.leave({ ...first, connectionId: 'old', now, step: 'l' });
    expect(await attempt(auth)).toEqual({ code: 'in_use' });
    now += 61_000;
    expect(await attempt(auth)).toMatchObject({ code: 'ok' });
  });
});

describe('joining', () => {
  test('a ticket is good once, for its session, its stage and its secret', async () => {
    const auth = service();
    const session = granted(await attempt(auth, { connectionId: 'login' }));
    const ticket = await ticketOf(auth, session);
    expect(await joining(auth, ticket, { secret: secretsOf('correct').short })).toEqual({
      code: 'invalid_password',
    });
    expect(await joining(auth, ticket, { step: 'the-join' })).toEqual({
      code: 'ok',
      session,
      target: LOBBY,
      serverId: 1,
      channelId: 1,
      displaced: null,
    });
    expect(await joining(auth, ticket)).toEqual({ code: 'expired' });
    expect(await joining(auth, ticket, { step: 'the-join' })).toMatchObject({ code: 'ok' });
  });

  test('exactly one of many that use a ticket at once gets in', async () => {
    const auth = service();
    const ticket = await ticketOf(auth, granted(await attempt(auth)));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => joining(auth, ticket)));
    expect(outcomes.filter(({ code }) => code === 'ok')).toHaveLength(1);
  });

  test('a ticket ends after a minute, and with its session', async () => {
    const auth = service();
    const session = granted(await attempt(auth));
    const late = await ticketOf(auth, session);
    const replaced = await ticketOf(auth, session);
    granted(await attempt(auth));
    expect(await joining(auth, replaced)).toEqual({ code: 'expired' });
    now += 60_001;
    expect(await joining(auth, late)).toEqual({ code: 'expired' });
  });

  test('five wrong numbers from an address and it has to wait', async () => {
    const auth = service();
    const ticket = await ticketOf(auth, granted(await attempt(auth)));
    const address = `10.9.9.${count}`;
    for (let n = 0; n < 5; n += 1) expect((await joining(auth, 0, { address })).code).toBe('expired');
    expect((await joining(auth, ticket, { address })).code).toBe('limited');
    expect((await joining(auth, ticket)).code).toBe('ok');
  });

  test('a used number can be armed again by its own session only', async () => {
    const auth = service();
    const session = granted(await attempt(auth));
    const ticket = await ticketOf(auth, session);
    await joining(auth, ticket);
    const again = await auth.issueTicket({ ...session, target: LOBBY, again: ticket, now, step: 'again' });
    expect(again).toEqual({ code: 'ok', ticket });
    expect(await joining(auth, ticket)).toMatchObject({ code: 'ok' });
    const other = `other${count}`;
    await accountService(engine.store).add({ name: other, password: 'correct', right: 1, now });
    const foreign = granted(await attempt(auth, { account: other }));
    const elsewhere = await auth.issueTicket({ ...foreign, target: LOBBY, again: ticket, now, step: 'x' });
    expect(elsewhere).toMatchObject({ code: 'ok' });
    expect(elsewhere).not.toMatchObject({ ticket });
  });

  test('names the older connection of the same stage', async () => {
    const auth = service();
    const session = granted(await attempt(auth));
    const world: TicketTarget = { stage: 'world', characterId: 'abc' };
    await joining(auth, await ticketOf(auth, session), { connectionId: 'lobby' });
    expect(await joining(auth, await ticketOf(auth, session, world), { connectionId: 'w1' })).toMatchObject({
      displaced: null,
    });
    expect(await joining(auth, await ticketOf(auth, session, world), { connectionId: 'w2' })).toMatchObject({
      displaced: 'w1',
    });
  });

  test('a repeated one names it again, whatever the connection took part in since', async () => {
    const auth = service();
    const session = granted(await attempt(auth));
    const world: TicketTarget = { stage: 'world', characterId: 'abc' };
    await joining(auth, await ticketOf(auth, session, world), { connectionId: 'w1' });
    const ticket = await ticketOf(auth, session, world);
    const join = () => joining(auth, ticket, { connectionId: 'w2', step: 'second' });
    const first = await join();
    expect(first).toMatchObject({ displaced: 'w1' });
    expect(await join()).toEqual(first);
    await joining(auth, await ticketOf(auth, session), { connectionId: 'lobby' });
    expect(await join()).toMatchObject({ code: 'ok', displaced: 'w1' });
    const own = await ticketOf(auth, session, world);
    expect(await joining(auth, own, { connectionId: 'w2', step: 'third' })).toMatchObject({
      displaced: null,
    });
  });
});

describe('tokens', () => {
  const signed = (claims: object, secret = TOKEN_SECRET) =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
  const byToken = (auth: AuthService, token: string) =>
    auth.loginWithToken({
      token,
      address: `10.5.0.${next()}`,
      connectionId: `t-${count}`,
      now,
      step: `token-${count}`,
    });

  test('a signed token lets its account in, and a newer one of the same account joins', async () => {
    const auth = service({ TOKEN_SECRET });
    const exp = Math.floor(now / 1000) + 60;
    const token = await signed({ sub: name, exp });
    const session = granted(await byToken(auth, token));
    const ticket = await ticketOf(auth, session);
    const secret = { kind: 'token' as const, value: await signed({ sub: name, exp: exp + 1 }) };
    const joined = await auth.join({
      ticket,
      secret,
      address: '10.6.0.1',
      connectionId: 'x',
      userId: null,
      now,
      step: `tj-${name}`,
    });
    expect(joined).toMatchObject({ code: 'ok' });
  });

  test('expired, unsigned, foreign and lasting tokens are refused; without a secret all are', async () => {
    const auth = service({ TOKEN_SECRET });
    const exp = Math.floor(now / 1000) + 60;
    expect((await byToken(auth, await signed({ sub: name, exp: exp - 120 }))).code).toBe('invalid_password');
    expect((await byToken(auth, await signed({ sub: name }))).code).toBe('invalid_password');
    expect((await byToken(auth, await signed({ sub: name, exp }, `${TOKEN_SECRET}x`))).code).toBe(
      'invalid_password',
    );
    expect((await byToken(auth, 'not.a.token')).code).toBe('invalid_password');
    expect((await byToken(auth, await signed({ sub: 'nobody-at-all', exp }))).code).toBe('unknown_account');
    expect((await byToken(service(), await signed({ sub: name, exp }))).code).toBe('no_tokens');
  });
});

describe('load and accounts', () => {
  test('the channel shows the players in the world in per cent', async () => {
    const auth = service({ CHANNEL_PLAYERS: 4 });
    const before = await auth.channels({ serverId: 1, now });
    if (before.code !== 'ok') throw new Error(before.code);
    const session = granted(await attempt(auth));
    await joining(auth, await ticketOf(auth, session));
    await joining(auth, await ticketOf(auth, session, { stage: 'world', characterId: 'a' }));
    now += 11_000;
    const after = await auth.channels({ serverId: 1, now });
    expect(after).toMatchObject({
      code: 'ok',
      channels: [{ id: 1, capacity: (before.channels[0]?.capacity ?? 0) + 25 }],
    });
    expect(await auth.channels({ serverId: 7, now })).toEqual({ code: 'unknown_server' });
  });

  test('accounts are added once, listed, given new passwords and banned with their session', async () => {
    const accounts = accountService(engine.store);
    expect(await accounts.add({ name: name.toUpperCase(), password: 'x', right: 1, now })).toEqual({
      code: 'exists',
    });
    expect(await accounts.add({ name: 'a b', password: 'x', right: 1, now })).toEqual({ code: 'bad_name' });
    expect(await accounts.setPassword({ name, password: 'newer' })).toEqual({ code: 'ok' });
    expect((await attempt(service())).code).toBe('invalid_password');
    const session = granted(await attempt(service(), { secret: secretsOf('newer').short }));
    expect(await accounts.setBanned({ name, banned: true })).toEqual({ code: 'ok' });
    expect(await service().renew({ ...session, now, step: 's' })).toEqual({ code: 'session_gone' });
    const listed = await accounts.list();
    expect(listed).toMatchObject({ code: 'ok' });
    if (listed.code === 'ok')
      expect(listed.accounts.find((one) => one.name === name)).toMatchObject({ banned: true, right: 1 });
    const found = await accounts.find({ name: name.toUpperCase() });
    expect(found).toMatchObject({ code: 'ok', account: { name, userId: session.userId, banned: true } });
    expect(await accounts.find({ userId: session.userId })).toEqual(found);
    for (const nobody of [{ name: 'nobody-here' }, { name: 'a b' }, { userId: 'nobody-here' }])
      expect(await accounts.find(nobody)).toEqual({ code: 'unknown_account' });
    expect(await accounts.setRight({ name: 'nobody-here', right: 1 })).toEqual({ code: 'unknown_account' });
  });

  test('the database being away is an outcome, not an exception', async () => {
    const patience = { within: 50, first: 10, longest: 20 };
    const nowhere = openStore({ DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' }, { patience });
    expect(await attempt(authService(nowhere, readAuthSettings({})))).toMatchObject({ code: 'down' });
    nowhere.close();
  });
});
