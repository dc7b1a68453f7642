import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { family } from '../../functions/auth/family.ts';
import { testFamily } from '../../shared/kit/testing/index.ts';
import { JoinResult, LoginResult } from '../../shared/protocol/packets.generated.ts';
import {
  createAccountService,
  createAuthService,
  createCharacterService,
  createWorldService,
  readAuthSettings,
} from '../../shared/services/builtin/index.ts';
import {
  remoteAccounts,
  remoteAuth,
  remoteCharacters,
  remoteWorld,
} from '../../shared/services/remote/index.ts';
import type { Offered, Serving } from '../../shared/services/remote/server/serve.ts';
import { serve } from '../../shared/services/remote/server/serve.ts';
import { startRelay, type TcpRelay } from '../support/tcp-relay.ts';
import { useTestEngine } from '../support/use-engine.ts';

const TOKEN = 'token-between-the-two';
const DEADLINE = 500;
/** What a busy machine may add. */
const SLACK = 1_000;

const engine = useTestEngine();
let serving: Serving;
let relay: TcpRelay;
let count = 0;
/** What the calls of the services meet before they begin, and after they are done. */
let before: (call: string) => unknown;
let after: (call: string) => unknown;
let calls: string[];

beforeEach(async () => {
  before = () => undefined;
  after = () => undefined;
  calls = [];
  serving = await serve(
    {
      auth: disturbed(
        createAuthService(engine.store, { ...readAuthSettings({}), AUTO_CREATE_ACCOUNTS: true }),
      ),
      accounts: disturbed(createAccountService(engine.store)),
      characters: disturbed(createCharacterService(engine.store)),
      world: disturbed(createWorldService(engine.store)),
    },
    { host: '127.0.0.1', port: 0, token: TOKEN, ready: async () => true, failed: () => undefined },
  );
  relay = await startRelay(serving.port);
});
afterEach(async () => {
  await relay.close();
  await serving.close(0);
});

/** The real service, with faults around its calls. */
function disturbed<S extends NonNullable<Offered[keyof Offered]>>(service: S): S {
  type AnyCall = (request: unknown) => Promise<unknown>;
  const around = ([name, call]: readonly [string, AnyCall]) => [
    name,
    async (request: unknown) => {
      calls.push(name);
      await before(name);
      const outcome = await call(request);
      await after(name);
      return outcome;
    },
  ];
  return Object.fromEntries((Object.entries(service) as [string, AnyCall][]).map(around)) as S;
}

const target = () => ({ url: relay.url, token: TOKEN, deadline: DEADLINE });
const next = () => {
  count += 1;
  return count;
};

function creation() {
  const n = next();
  return {
    userId: `user${n}`,
    right: 1,
    name: `Hero${n}`,
    race: 0,
    face: 0,
    hair: 0,
    now: Date.now(),
    step: `step-${n}`,
  };
}

async function charactersOf(userId: string): Promise<number> {
  const outcome = await createCharacterService(engine.store).list({ userId, now: Date.now() });
  return outcome.code === 'ok' ? outcome.characters.length : -1;
}

async function timed<T>(run: () => Promise<T>): Promise<readonly [T, number]> {
  const began = performance.now();
  return [await run(), performance.now() - began];
}

/** Calls until the circuit is open, and says how many reached the service. */
async function failOften(call: () => Promise<{ readonly code: string }>): Promise<number> {
  for (let n = 0; n < 12; n += 1) expect((await call()).code).toBe('down');
  return calls.length;
}

describe('an answer that never arrives', () => {
  test('is asked for again, and what was done is not done twice', async () => {
    const characters = remoteCharacters(target());
    const request = creation();
    after = () => {
      if (calls.length === 1) relay.cut();
    };
    const outcome = await characters.create(request);
    expect(calls).toEqual(['create', 'create']);
    expect(outcome).toMatchObject({ code: 'ok' });
    expect(await characters.create(request)).toEqual(outcome);
    expect(await charactersOf(request.userId)).toBe(1);
  });

  test('of a call that may not be repeated is not asked for again', async () => {
    const accounts = remoteAccounts(target());
    const account = { name: `only${next()}`, password: 'correct', right: 1, now: Date.now() };
    after = () => relay.cut();
    expect(await accounts.add(account)).toMatchObject({ code: 'down' });
    expect(calls).toEqual(['add']);
    after = () => undefined;
    expect(await accounts.add(account)).toEqual({ code: 'exists' });
  });

  test('a connection that is cut between two calls goes unnoticed', async () => {
    const world = remoteWorld(target());
    for (let n = 0; n < 5; n += 1) {
      expect(await world.findObject({ map: 1, objectId: 2_000 })).toEqual({ code: 'unknown_object' });
      relay.cut();
      await sleep(20);
    }
    expect(relay.connections).toBe(5);
  });
});

describe('a slow service', () => {
  test('is waited for no longer than the deadline, and then not called for a while', async () => {
    const world = remoteWorld(target());
    before = () => sleep(DEADLINE * 4);
    const [outcome, took] = await timed(() => world.findObject({ map: 1, objectId: 2_000 }));
    expect(outcome).toMatchObject({
      code: 'down',
      problem: expect.stringContaining('WorldService.findObject'),
    });
    expect(took).toBeGreaterThanOrEqual(DEADLINE - 50);
    expect(took).toBeLessThan(DEADLINE + SLACK);
    await Promise.all(Array.from({ length: 6 }, () => world.findObject({ map: 1, objectId: 2_000 })));
    const seen = calls.length;
    const [refused, quick] = await timed(() => world.findObject({ map: 1, objectId: 2_000 }));
    expect(refused).toMatchObject({ code: 'down', problem: expect.stringContaining('failed too often') });
    expect(quick).toBeLessThan(DEADLINE / 2);
    expect(calls.length).toBe(seen);
  });

  test('a network that swallows everything is no different, and is used again when it is back', async () => {
    const world = remoteWorld(target());
    expect(await world.findObject({ map: 1, objectId: 2_000 })).toEqual({ code: 'unknown_object' });
    relay.hold();
    const [outcome, took] = await timed(() => world.findObject({ map: 1, objectId: 2_000 }));
    expect(outcome.code).toBe('down');
    expect(took).toBeLessThan(DEADLINE + SLACK);
    relay.release();
    expect(await world.findObject({ map: 1, objectId: 2_000 })).toEqual({ code: 'unknown_object' });
  });
});

describe('a service that fails', () => {
  test('is called less, lets one call through after a while, and is back when that succeeds', async () => {
    const world = remoteWorld(target());
    const find = () => world.findObject({ map: 1, objectId: 2_000 });
    before = () => {
      throw new Error('out of order');
    };
    expect(await failOften(find)).toBeLessThan(12);
    const [outcome] = await timed(find);
    expect(outcome).toMatchObject({ problem: expect.not.stringContaining('out of order') });
    before = () => undefined;
    const until = performance.now() + 10_000;
    while ((await find()).code === 'down' && performance.now() < until) await sleep(50);
    expect(await find()).toEqual({ code: 'unknown_object' });
    const seen = calls.length;
    await Promise.all(Array.from({ length: 20 }, find));
    expect(calls.length).toBe(seen + 20);
  });

  test('that nobody answers for is told at once', async () => {
    await serving.close(0);
    await relay.close();
    const characters = remoteCharacters(target());
    const [outcome, took] = await timed(() => characters.create(creation()));
    expect(outcome).toMatchObject({ code: 'down', problem: expect.stringContaining('ECONNREFUSED') });
    expect(took).toBeLessThan(DEADLINE + SLACK);
  });

  test('its database being away is no fault of the call: it is tried again, and then told', async () => {
    let left = 1;
    before = async () => undefined;
    const real = createWorldService(engine.store);
    const shaky = await serve(
      {
        world: {
          ...real,
          findObject: async (request) => {
            left -= 1;
            return left >= 0 ? { code: 'down', problem: 'the database is away' } : real.findObject(request);
          },
        },
      },
      { host: '127.0.0.1', port: 0, token: null, ready: async () => true, failed: () => undefined },
    );
    const world = remoteWorld({ url: shaky.url, token: null, deadline: DEADLINE });
    expect(await world.findObject({ map: 1, objectId: 2_000 })).toEqual({ code: 'unknown_object' });
    left = 100;
    expect(await world.findObject({ map: 1, objectId: 2_000 })).toMatchObject({
      code: 'down',
      problem: expect.stringContaining('the database is away'),
    });
    await shaky.close(0);
  });

  test('refusals are no failures: any number of them leaves the service in use', async () => {
    const characters = remoteCharacters(target());
    for (let n = 0; n < 40; n += 1)
      expect(await characters.findByName({ name: 'nobody', now: Date.now() })).toEqual({
        code: 'unknown_character',
      });
    expect(calls.length).toBe(40);
  });
});

describe('players', () => {
  const secret = createHash('sha256').update('correct').digest('hex');

  test('get a clear answer while the services are down, and play on when they are back', async () => {
    const connection = (id: string) =>
      testFamily(family, {
        id,
        stage: 'login',
        address: `10.1.0.${count % 250}`,
        services: { auth, characters: remoteCharacters(target()) },
        now: Date.now(),
        public: { host: '203.0.113.7', port: 29_000 },
      });
    const auth = remoteAuth(target());
    const username = `player${next()}`;
    const logIn = async () => {
      const client = connection(`c-${next()}`);
      const result = await client.packet('CLI_LOGIN_REQ', { username, password: secret });
      return result.reply('SRV_LOGIN_REPLY').result;
    };
    before = () => {
      throw new Error('out of order');
    };
    for (let n = 0; n < 8; n += 1) expect(await logIn()).toBe(LoginResult.FAILED);
    const joining = await connection('j').packet('CLI_JOIN_SERVER_REQ', { sessionId: 7, password: secret });
    expect(joining.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.FAILED);
    expect(joining.refused).toBe('service_down');
    expect(calls.length).toBeLessThan(8);
    before = () => undefined;
    const until = performance.now() + 10_000;
    let result = await logIn();
    while (result === LoginResult.FAILED && performance.now() < until) {
      await sleep(50);
      result = await logIn();
    }
    expect(result).toBe(LoginResult.OK);
  });

  test('cannot send a number that does not travel', async () => {
    const auth = remoteAuth(target());
    for (const serverId of [0, 0xffff_ffff])
      expect(await auth.channels({ serverId, now: Date.now() })).toEqual({ code: 'unknown_server' });
    expect(
      await auth.join({
        ticket: 0xffff_ffff,
        secret: { kind: 'password', value: '' },
        address: '',
        connectionId: '',
        userId: null,
        now: 0,
        step: '',
      }),
    ).toEqual({ code: 'expired' });
    const characters = remoteCharacters(target());
    expect(await characters.create({ ...creation(), race: 255, face: 255, hair: 255 })).toEqual({
      code: 'invalid_value',
    });
    expect(await characters.findByName({ name: '\ud800\u0000', now: 0 })).toEqual({
      code: 'unknown_character',
    });
  });
});

describe('the end of a server', () => {
  test('comes when the calls under way are done; callers go on elsewhere', async () => {
    const characters = remoteCharacters(target());
    await characters.list({ userId: 'warm', now: Date.now() });
    before = () => sleep(200);
    const request = creation();
    const running = characters.create(request);
    while (calls.length < 2) await sleep(5);
    await serving.close(5_000);
    expect(await running).toMatchObject({ code: 'ok' });
    expect(await characters.list({ userId: request.userId, now: Date.now() })).toMatchObject({
      code: 'down',
    });
  });
});
