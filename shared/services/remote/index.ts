import type { AccountService, AuthService, CharacterService, WorldService } from '../index.ts';
import { ACCOUNT_CALLS, AUTH_CALLS, CHARACTER_CALLS, WORLD_CALLS } from './calls.ts';
import { lazily } from './lazily.ts';
import type { RemoteTarget } from './target.ts';

export type { RemoteTarget } from './target.ts';

/** The auth service at a URL. Connects at its first call, like all of these. */
export const remoteAuth = (target: RemoteTarget): AuthService =>
  lazily(AUTH_CALLS, async () => (await import('./clients/auth.ts')).connectAuth(target));

export const remoteAccounts = (target: RemoteTarget): AccountService =>
  lazily(ACCOUNT_CALLS, async () => (await import('./clients/accounts.ts')).connectAccounts(target));

export const remoteCharacters = (target: RemoteTarget): CharacterService =>
  lazily(CHARACTER_CALLS, async () => (await import('./clients/character.ts')).connectCharacters(target));

export const remoteWorld = (target: RemoteTarget): WorldService =>
  lazily(WORLD_CALLS, async () => (await import('./clients/world.ts')).connectWorld(target));
