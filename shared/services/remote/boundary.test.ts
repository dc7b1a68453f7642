import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { Code, ConnectError, type ConnectRouter, createClient } from '@connectrpc/connect';
import { connectNodeAdapter, createGrpcTransport } from '@connectrpc/connect-node';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../../test/support/engine.ts';
import { createCharacterService, createWorldService } from '../builtin/index.ts';
import {
  type AuthRefusal,
  AuthService as AuthRpc,
  type LoginResponseSchema,
} from '../proto/auth.generated.ts';
import { CharacterService as CharacterRpc } from '../proto/character.generated.ts';
import { Health, HealthCheckResponse_ServingStatus as Status } from '../proto/health.generated.ts';
import { WorldService as WorldRpc } from '../proto/world.generated.ts';
import { remoteAuth, remoteCharacters, remoteWorld } from './index.ts';
import { type Serving, serve } from './server/serve.ts';

const TOKEN = 'token-between-the-two';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('what a foreign service may answer', () => {
  test('it is told the trace of the invocation that calls it', async () => {
    const traces: (string | null)[] = [];
    const target = await foreign((router) =>
      router.service(AuthRpc, {
        login: (_request, { requestHeader }) => {
          traces.push(requestHeader.get('x-amzn-trace-id'));
          return {};
        },
      }),
    );
    const auth = remoteAuth(target);
    await auth.login(login);
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-abc;Sampled=0');
    await auth.login(login);
    vi.unstubAllEnvs();
    expect(traces).toEqual([null, 'Root=1-abc;Sampled=0']);
  });

  /** A service that somebody else wrote, and wrote wrong. */
  async function foreign(routes: (router: ConnectRouter) => void) {
    const server = createServer(connectNodeAdapter({ routes }));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => {
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, token: null, deadline: 2_000 };
  }
  const login = { account: 'a', secret: '', address: '', connectionId: '', now: 0, step: '' };

  type Answer = MessageInitShape<typeof LoginResponseSchema>;
  const answers: [string, Answer, RegExp][] = [
    ['nothing', {}, /without outcome/],
    ['a refusal of another call', { outcome: { case: 'refused', value: 10 } }, /refusal 10/],
    [
      'a refusal that does not exist',
      { outcome: { case: 'refused', value: 99 as AuthRefusal } },
      /refusal 99/,
    ],
    ['a session that is missing', { outcome: { case: 'ok', value: {} } }, /session is missing/],
    ['a held login that is missing', { outcome: { case: 'held', value: {} } }, /held is missing/],
  ];
  test.each(answers)('%s to a login is a service that is down', async (_what, answer, problem) => {
    const target = await foreign((router) => router.service(AuthRpc, { login: () => answer }));
    const outcome = await remoteAuth(target).login(login);
    expect(outcome).toMatchObject({ code: 'down', problem: expect.stringMatching(problem) });
  });

  test.each([
    ['no JSON', 'gold', /inventory is not JSON/],
    ['a list', '[]', /inventory is not an object/],
    ['nothing', 'null', /inventory is not an object/],
    ['another thing', '{"version":1,"zuly":5,"slots":{}}', /inventory.zuly is not of type string/],
    ['no slots', '{"version":1,"zuly":"5","slots":null}', /inventory.slots is not of type object/],
  ])('%s for an inventory is a service that is down', async (_what, inventory, problem) => {
    const target = await foreign((router) =>
      router.service(CharacterRpc, { possessions: () => ({ inventories: { hero: inventory } }) }),
    );
    const outcome = await remoteCharacters(target).possessions({ characterIds: ['hero'] });
    expect(outcome).toMatchObject({ code: 'down', problem: expect.stringMatching(problem) });
  });

  test('what it does not offer is down too', async () => {
    const target = await foreign(() => undefined);
    expect(await remoteAuth(target).servers()).toMatchObject({
      code: 'down',
      problem: expect.stringContaining('unimplemented'),
    });
  });

  test('new fields are ignored', async () => {
    const target = await foreign((router) =>
      router.service(CharacterRpc, {
        playable: () => ({
          $unknown: [{ no: 99, wireType: 0, data: new Uint8Array([1]) }],
          outcome: { case: 'ok', value: { name: 'Hero' } },
        }),
      }),
    );
    const request = { userId: 'u', characterId: 'c', now: 0 };
    expect(await remoteCharacters(target).playable(request)).toEqual({ code: 'ok', name: 'Hero' });
  });
});

describe('what callers may ask of our services', () => {
  let engine: TestEngine;
  let serving: Serving;
  let ready = true;
  const failures: string[] = [];
  beforeAll(async () => {
    engine = await startTestEngine();
    const broken = {
      ...createWorldService(engine.store),
      freeObject: async () => Promise.reject(new Error('secret')),
    };
    serving = await serve(
      { characters: createCharacterService(engine.store), world: broken },
      {
        host: '127.0.0.1',
        port: 0,
        token: TOKEN,
        ready: async () => ready,
        failed: (call) => failures.push(call),
      },
    );
  });
  afterAll(async () => {
    await serving.close(1_000);
    await engine.stop();
  });

  const transport = (token?: string) =>
    createGrpcTransport({
      baseUrl: serving.url,
      interceptors: [
        (next) => (request) => {
          if (token !== undefined) request.header.set('authorization', `Bearer ${token}`);
          return next(request);
        },
      ],
    });
  const codeOf = async (call: Promise<unknown>): Promise<Code | null> => {
    try {
      await call;
      return null;
    } catch (error) {
      return ConnectError.from(error).code;
    }
  };

  test.each([
    ['no token', undefined],
    ['another token', 'token-between-others'],
    ['the beginning of it', TOKEN.slice(0, -1)],
  ])('nothing with %s', async (_what, token) => {
    const world = createClient(WorldRpc, transport(token));
    expect(await codeOf(world.findObject({ map: 1, objectId: 2_000 }))).toBe(Code.Unauthenticated);
  });

  test('with the token, everything', async () => {
    const world = createClient(WorldRpc, transport(TOKEN));
    expect((await world.findObject({ map: 1, objectId: 2_000 })).outcome.case).toBe('refused');
  });

  test('requests that lack a part, or hold none, are invalid and name it', async () => {
    const characters = createClient(CharacterRpc, transport(TOKEN));
    expect(await codeOf(characters.create({ userId: 'u', name: 'Hero' }))).toBe(Code.InvalidArgument);
    const call = { now: 0n, step: 's' };
    for (const settlement of ['', '{', '{}', '{"parts":[{"kind":"theft"}]}'])
      expect(await codeOf(characters.settle({ call, settlement }))).toBe(Code.InvalidArgument);
  });

  test('a call that we fail says so without telling why; the log hears it', async () => {
    const world = createClient(WorldRpc, transport(TOKEN));
    const failing = world.freeObject({ map: 1, objectId: 2_000, characterId: 'c', now: 0n });
    await expect(failing).rejects.toMatchObject({
      code: Code.Internal,
      message: expect.not.stringContaining('secret'),
    });
    expect(failures).toEqual(['packet_edge.services.v1.WorldService/FreeObject']);
  });

  test('whether all is well, without a token', async () => {
    const health = createClient(Health, transport());
    expect((await health.check({})).status).toBe(Status.SERVING);
    expect((await health.check({ service: WorldRpc.typeName })).status).toBe(Status.SERVING);
    expect(await codeOf(health.check({ service: AuthRpc.typeName }))).toBe(Code.NotFound);
    ready = false;
    expect((await health.check({})).status).toBe(Status.NOT_SERVING);
    ready = true;
  });

  test('a client of ours tells what is wrong with its token', async () => {
    const world = remoteWorld({ url: serving.url, token: null, deadline: 2_000 });
    expect(await world.findObject({ map: 1, objectId: 2_000 })).toMatchObject({
      code: 'down',
      problem: expect.stringContaining('SERVICE_TOKEN'),
    });
  });
});
