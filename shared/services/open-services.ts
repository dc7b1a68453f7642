import { readSettings } from '../config/read-settings.ts';
import type { ServiceName, TableGrants } from '../contract/index.ts';
import { granted, openStore, type Patience, type Store } from '../store/index.ts';
import {
  AUTH_SETTINGS,
  createAccountService,
  createAuthService,
  createCharacterService,
  createWorldService,
  readAuthSettings,
} from './builtin/index.ts';
import type { AccountService, AuthService, CharacterService, WorldService } from './index.ts';
import {
  type RemoteTarget,
  remoteAccounts,
  remoteAuth,
  remoteCharacters,
  remoteWorld,
} from './remote/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const URLS = {
  auth: 'AUTH_SERVICE_URL',
  character: 'CHARACTER_SERVICE_URL',
  world: 'WORLD_SERVICE_URL',
} as const satisfies Record<ServiceName, string>;

/** What the services of one environment (process or Lambda sandbox) are opened from. */
export interface Backing {
  readonly environment: Environment;
  /** The database of the built-in ones; opened when the first of them is, and shared. */
  readonly store: () => Store;
  /** Where a service is, null when the built-in one is to be used. */
  readonly remote: (service: ServiceName) => RemoteTarget | null;
}

export interface BackingOptions {
  /** What may be done in the tables: the manifest's grants for a family, everything for a tool of the operators. */
  readonly grants: TableGrants | 'everything';
  /** How long a call may try; @default that of the store, and SERVICE_TIMEOUT */
  readonly patience?: Patience;
}

/** @throws EdgeError `bad_config` */
export function openBacking(environment: Environment, { grants, patience }: BackingOptions): Backing {
  const names = [...Object.values(URLS), 'SERVICE_TOKEN', 'SERVICE_TIMEOUT'] as const;
  const settings = readSettings(environment, names);
  const deadline = Math.min(settings.SERVICE_TIMEOUT, patience?.within ?? Number.POSITIVE_INFINITY);
  const open = () => {
    const whole = openStore(environment, patience === undefined ? {} : { patience });
    return grants === 'everything' ? whole : granted(whole, grants);
  };
  let store: Store | undefined;
  return {
    environment,
    store: () => {
      store ??= open();
      return store;
    },
    remote: (service) => {
      const url = settings[URLS[service]];
      return url === null ? null : { url, token: settings.SERVICE_TOKEN, deadline };
    },
  };
}

/** The settings that choose and make these services: for the manifest of a family that opens them. */
export function serviceSettings(...services: readonly ServiceName[]): readonly string[] {
  const own = services.flatMap((service) => [URLS[service], ...(service === 'auth' ? AUTH_SETTINGS : [])]);
  return ['DYNAMODB_ENDPOINT', 'AWS_REGION', 'TABLE_PREFIX', 'SERVICE_TOKEN', 'SERVICE_TIMEOUT', ...own];
}

/**
 * The auth service: remote when AUTH_SERVICE_URL is set, otherwise the built-in one.
 * @throws EdgeError `bad_config`
 */
export function openAuth(backing: Backing): AuthService {
  const target = backing.remote('auth');
  if (target !== null) return remoteAuth(target);
  return createAuthService(backing.store(), readAuthSettings(backing.environment));
}

/** The administration of accounts, of the same service as `openAuth`. */
export function openAccounts(backing: Backing): AccountService {
  const target = backing.remote('auth');
  return target === null ? createAccountService(backing.store()) : remoteAccounts(target);
}

/** The character service: remote when CHARACTER_SERVICE_URL is set, otherwise the built-in one. */
export function openCharacters(backing: Backing): CharacterService {
  const target = backing.remote('character');
  return target === null ? createCharacterService(backing.store()) : remoteCharacters(target);
}

/** The world service: remote when WORLD_SERVICE_URL is set, otherwise the built-in one. */
export function openWorld(backing: Backing): WorldService {
  const target = backing.remote('world');
  return target === null ? createWorldService(backing.store()) : remoteWorld(target);
}
