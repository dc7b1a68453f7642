import { afterAll } from 'vitest';
import {
  type AuthSettings,
  createAccountService,
  createAuthService,
  createCharacterService,
  createWorldService,
} from '../../shared/services/builtin/index.ts';
import type {
  AccountService,
  AuthService,
  CharacterService,
  WorldService,
} from '../../shared/services/index.ts';
import {
  ACCOUNT_CALLS,
  AUTH_CALLS,
  CHARACTER_CALLS,
  WORLD_CALLS,
} from '../../shared/services/remote/calls.ts';
import {
  type RemoteTarget,
  remoteAccounts,
  remoteAuth,
  remoteCharacters,
  remoteWorld,
} from '../../shared/services/remote/index.ts';
import { lazily } from '../../shared/services/remote/lazily.ts';
import { type Offered, type Serving, serve } from '../../shared/services/remote/server/serve.ts';
import type { Store } from '../../shared/store/index.ts';

/**
 * The services that tests work with: built in, or, in the test project `remote-services` (SERVICES=remote), the very same behind a real
 * gRPC server in the process of the test. What holds for one must hold for the other.
 */
const REMOTE = process.env.SERVICES === 'remote';
const TOKEN = 'token-of-the-test-services';

const servers: Promise<Serving>[] = [];
const failures: unknown[] = [];

if (REMOTE) {
  afterAll(async () => {
    await Promise.all(servers.splice(0).map(async (server) => (await server).close(1_000)));
    if (failures.length > 0) throw new AggregateError(failures, 'calls failed in the server');
  });
}

async function host(offered: Offered): Promise<RemoteTarget> {
  const failed = (_call: string, error: unknown) => failures.push(error);
  const ready = async () => true;
  const server = serve(offered, { host: '127.0.0.1', port: 0, token: TOKEN, ready, failed });
  servers.push(server);
  // Busy machines are slow; deadlines have tests of their own.
  return { url: (await server).url, token: TOKEN, deadline: 10_000 };
}

/** One server for services that are the same. */
const hosted = new WeakMap<Store, Map<string, unknown>>();

function once<S>(store: Store, key: string, make: () => S): S {
  const known = hosted.get(store) ?? new Map<string, unknown>();
  hosted.set(store, known);
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as S;
}

export function authService(store: Store, settings: AuthSettings): AuthService {
  const auth = createAuthService(store, settings);
  if (!REMOTE) return auth;
  return once(store, `auth ${JSON.stringify(settings)}`, () =>
    lazily(AUTH_CALLS, async () => remoteAuth(await host({ auth }))),
  );
}

export function accountService(store: Store, now?: () => number): AccountService {
  const accounts = createAccountService(store, now);
  if (!REMOTE) return accounts;
  const open = () => lazily(ACCOUNT_CALLS, async () => remoteAccounts(await host({ accounts })));
  return now === undefined ? once(store, 'accounts', open) : open();
}

export function characterService(store: Store): CharacterService {
  const characters = createCharacterService(store);
  if (!REMOTE) return characters;
  return once(store, 'characters', () =>
    lazily(CHARACTER_CALLS, async () => remoteCharacters(await host({ characters }))),
  );
}

export function worldService(store: Store): WorldService {
  const world = createWorldService(store);
  if (!REMOTE) return world;
  return once(store, 'world', () => lazily(WORLD_CALLS, async () => remoteWorld(await host({ world }))));
}
