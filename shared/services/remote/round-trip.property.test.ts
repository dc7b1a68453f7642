import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountService, AuthService, CharacterService, WorldService } from '../index.ts';
import { ACCOUNT_CALLS, AUTH_CALLS, CHARACTER_CALLS, WORLD_CALLS } from './calls.ts';
import { remoteAccounts, remoteAuth, remoteCharacters, remoteWorld } from './index.ts';
import { type Serving, serve } from './server/serve.ts';

/** Every call with any request and any outcome that its types allow: what arrives is what was sent, both ways, over a real connection. */
const RUNS = 25;

// Strings as they can travel: lone halves of surrogate pairs cannot, and the wire never holds any.
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const u32 = fc.nat({ max: 0xffff_ffff });
const time = fc.nat({ max: 4_102_444_800_000 });
const call = { now: time, step: text };
const user = { userId: text, sessionId: text };
const character = { userId: text, characterId: text };
const key = fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name !== '__proto__');
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)));
const extra = fc.dictionary(key, json, { maxKeys: 4 });
const money = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const item = fc.record({ kind: fc.constant('stack'), uid: fc.uuid(), type: u32, id: u32, count: u32 });
const content = fc.record({ zuly: money, slots: fc.dictionary(fc.nat(139).map(String), item) });
const kept = fc.tuple(extra, content, u32).map(([more, what, version]) => ({ ...more, ...what, version }));
const target = fc.oneof(
  fc.record({ stage: fc.constant('lobby'), serverId: u32, channelId: u32 }),
  fc.record({ stage: fc.constant('world'), characterId: text }),
);
const session = fc.record({ ...user, account: text, right: u32 });
const held = fc.record({
  userId: text,
  account: text,
  right: u32,
  proof: fc.record({ salt: text, digest: text }),
  heldBy: text,
});
const row = fc
  .record({
    map: u32,
    region: text,
    id: text,
    x: fc.integer(),
    y: fc.double({ noNaN: true, noDefaultInfinity: true }),
  })
  .map((value) => JSON.parse(JSON.stringify(value)));
const goods = fc.record({ money, items: fc.array(item, { maxLength: 3 }) }, { requiredKeys: [] });

type Any = fc.Arbitrary<unknown>;
type Case = readonly [request: Any, outcome: Any];
type Cases<S> = Readonly<Record<keyof S, Case>>;

const ok = (facts: Record<string, Any> = {}) => fc.record({ code: fc.constant('ok'), ...facts });
const refused = (...codes: string[]) => fc.record({ code: fc.constantFrom(...codes) });
const opened = ok({ session, displaced: fc.array(text) });
const loggedIn = fc.oneof(
  opened,
  fc.record({ code: fc.constant('held'), held, connections: fc.array(text) }),
  refused(
    'unknown_account',
    'invalid_password',
    'banned',
    'no_right',
    'no_name',
    'limited',
    'in_use',
    'too_many_users',
    'no_tokens',
  ),
);

const AUTH: Cases<AuthService> = {
  login: [fc.record({ ...call, account: text, secret: text, address: text, connectionId: text }), loggedIn],
  loginWithToken: [fc.record({ ...call, token: text, address: text, connectionId: text }), loggedIn],
  takeOver: [fc.record({ ...call, held, connectionId: text }), fc.oneof(opened, refused('in_use'))],
  issueTicket: [
    fc.record(
      { ...call, ...user, target, again: u32 },
      { requiredKeys: ['now', 'step', 'userId', 'sessionId', 'target'] },
    ),
    fc.oneof(ok({ ticket: u32 }), refused('session_gone')),
  ],
  join: [
    fc.record({
      ...call,
      ticket: u32,
      secret: fc.record({ kind: fc.constantFrom('password', 'token'), value: text }),
      address: text,
      connectionId: text,
      userId: fc.option(text),
    }),
    fc.oneof(
      ok({ session, target, serverId: u32, channelId: u32, displaced: fc.option(text) }),
      refused('expired', 'invalid_password', 'limited', 'in_use'),
    ),
  ],
  renew: [fc.record({ ...call, ...user }), fc.oneof(ok(), refused('session_gone'))],
  leave: [fc.record({ ...call, ...user, connectionId: text }), ok()],
  servers: [
    fc.constant(undefined),
    ok({ servers: fc.array(fc.record({ id: u32, name: text, test: fc.boolean() })) }),
  ],
  channels: [
    fc.record({ serverId: u32, now: time }),
    fc.oneof(
      ok({ channels: fc.array(fc.record({ id: u32, name: text, capacity: u32, active: fc.boolean() })) }),
      refused('unknown_server'),
    ),
  ],
};

const account = fc.record({ userId: text, name: text, right: u32, banned: fc.boolean(), createdAt: time });
const ACCOUNTS: Cases<AccountService> = {
  add: [
    fc.record({ name: text, password: text, right: u32, now: time }),
    fc.oneof(ok({ userId: text }), refused('exists', 'bad_name', 'bad_password')),
  ],
  list: [fc.constant(undefined), ok({ accounts: fc.array(account) })],
  find: [
    fc.oneof(fc.record({ name: text }), fc.record({ userId: text })),
    fc.oneof(ok({ account }), refused('unknown_account')),
  ],
  setPassword: [
    fc.record({ name: text, password: text }),
    fc.oneof(ok(), refused('unknown_account', 'bad_password')),
  ],
  setBanned: [fc.record({ name: text, banned: fc.boolean() }), fc.oneof(ok(), refused('unknown_account'))],
  setRight: [fc.record({ name: text, right: u32 }), fc.oneof(ok(), refused('unknown_account'))],
};

const unknown = refused('unknown_character');
const CHARACTERS: Cases<CharacterService> = {
  list: [
    fc.record({ userId: text, now: time }),
    ok({
      characters: fc.array(
        fc.record({
          id: text,
          name: text,
          character: fc.tuple(extra, text).map(([more, name]) => ({ ...more, name })),
          inventory: kept,
          remainingSeconds: u32,
        }),
        { maxLength: 5 },
      ),
    }),
  ],
  create: [
    fc.record({ ...call, userId: text, right: u32, name: text, race: u32, face: u32, hair: u32 }),
    fc.oneof(ok({ id: text }), refused('name_taken', 'invalid_value', 'too_many_characters', 'blocked')),
  ],
  remove: [fc.record({ ...call, ...character }), fc.oneof(ok({ remainingSeconds: u32 }), unknown)],
  restore: [fc.record({ ...call, ...character }), fc.oneof(ok(), unknown)],
  playable: [
    fc.record({ ...character, now: time }),
    fc.oneof(ok({ name: text }), unknown, refused('being_deleted')),
  ],
  findByName: [
    fc.record({ name: text, now: time }),
    fc.oneof(ok({ id: text, name: text, userId: text }), unknown),
  ],
  settle: [
    fc.record(
      {
        ...call,
        parts: fc.array(
          fc.record({ kind: fc.constant('bank'), characterId: fc.uuid(), version: fc.nat(), next: content }),
          { minLength: 1, maxLength: 3 },
        ),
        minted: fc.array(fc.record({ reason: fc.constant('drop'), money })),
        note: json,
      },
      { requiredKeys: ['now', 'step', 'parts'] },
    ),
    fc.oneof(
      ok({ repeated: fc.boolean(), note: json }),
      refused('stale', 'fenced'),
      fc.record({ code: fc.constant('unbalanced'), problem: text }),
    ),
  ],
  possessions: [
    fc.record(
      { characterIds: fc.array(text), banks: fc.boolean(), step: text },
      { requiredKeys: ['characterIds', 'banks'] },
    ),
    ok({
      inventories: fc.dictionary(key, kept, { maxKeys: 3 }),
      banks: fc.dictionary(key, kept, { maxKeys: 3 }),
      settled: fc.option(fc.record({ note: json })),
    }),
  ],
  onGround: [fc.record({ map: u32, region: text }), ok({ rows: fc.array(row, { maxLength: 4 }) })],
  mailbox: [
    fc.record({ characterId: text }),
    ok({
      mails: fc.array(fc.record({ id: text, message: extra, goods: fc.option(goods), sentAt: time }), {
        maxLength: 4,
      }),
    }),
  ],
  acknowledge: [fc.record({ characterId: text, ids: fc.array(text) }), ok()],
};

const WORLD: Cases<WorldService> = {
  allocateObject: [
    fc.record({ ...call, map: u32, characterId: text, connectionId: text, epoch: fc.maxSafeNat() }),
    fc.oneof(ok({ objectId: u32 }), refused('map_full')),
  ],
  freeObject: [fc.record({ map: u32, objectId: u32, characterId: text, now: time }), ok()],
  findObject: [
    fc.record({ map: u32, objectId: u32 }),
    fc.oneof(ok({ characterId: text, connectionId: text }), refused('unknown_object')),
  ],
};

/** A service that keeps what it was asked, and says what it is told to say. */
let asked: unknown;
let saying: unknown;
function echo<S>(calls: Readonly<Record<keyof S, number>>): S {
  const answer = async (request: unknown) => {
    asked = request;
    return saying;
  };
  return Object.fromEntries(Object.keys(calls).map((name) => [name, answer])) as S;
}

let serving: Serving;
const failures: unknown[] = [];
beforeAll(async () => {
  serving = await serve(
    {
      auth: echo<AuthService>(AUTH_CALLS),
      accounts: echo<AccountService>(ACCOUNT_CALLS),
      characters: echo<CharacterService>(CHARACTER_CALLS),
      world: echo<WorldService>(WORLD_CALLS),
    },
    {
      host: '127.0.0.1',
      port: 0,
      token: null,
      ready: async () => true,
      failed: (_, error) => failures.push(error),
    },
  );
});
afterAll(async () => {
  await serving.close(1_000);
  expect(failures).toEqual([]);
});

describe.each([
  ['auth', remoteAuth, AUTH],
  ['accounts', remoteAccounts, ACCOUNTS],
  ['characters', remoteCharacters, CHARACTERS],
  ['world', remoteWorld, WORLD],
] as const)('%s', (_name, open, cases) => {
  test.each(Object.entries<Case>(cases))('%s', async (name, [requests, outcomes]) => {
    const service = open({ url: serving.url, token: null, deadline: 10_000 });
    const method = (service as unknown as Record<string, (request: unknown) => Promise<unknown>>)[name];
    await fc.assert(
      fc.asyncProperty(requests, outcomes, async (request, outcome) => {
        saying = outcome;
        expect(await method?.(request)).toEqual(outcome);
        expect(asked).toEqual(request);
      }),
      { numRuns: RUNS },
    );
  });
});
