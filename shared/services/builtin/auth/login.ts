import type { LoginOutcome, LoginRefusal, PasswordLogin, TokenLogin } from '../../auth.ts';
import { type Account, createAccount, readAccount, type Secrets } from './account-store.ts';
import type { AuthEnvironment } from './environment.ts';
import { countFailure, type FailureLimit, isLimited } from './failures.ts';
import { accountKeyOf } from './names.ts';
import { openSession } from './open-session.ts';
import { formOf, hashSecret, secretMatches } from './password.ts';
import { proofOf, type Secret } from './proof.ts';
import { readSession } from './session-store.ts';
import { accountOfToken } from './token.ts';

/** Operators get in although the service is full. */
export const OPERATOR = 256;
/** What a new account may do. */
const PLAYER = 1;

export async function login(environment: AuthEnvironment, request: PasswordLogin): Promise<LoginOutcome> {
  const { store, settings } = environment;
  if (request.account === '') return { code: 'no_name' };
  const key = accountKeyOf(request.account);
  const limits = limitsOf(environment, request.address, key);
  const [limited, known] = await Promise.all([
    isLimited(store, limits, request.now),
    key === null ? null : readAccount(store, key),
  ]);
  if (limited) return { code: 'limited' };
  const form = formOf(request.secret);
  const right = await secretMatches(request.secret, form === null ? undefined : known?.secrets[form]);
  if (known === null && key !== null && form !== null && settings.AUTO_CREATE_ACCOUNTS) {
    const made = await autoCreate(environment, key, request.account, request.now, {
      [form]: await hashSecret(request.secret),
    });
    return made === null ? { code: 'in_use' } : admit(environment, made, request, passwordOf(request));
  }
  if (known === null) return failed(environment, limits, request.now, 'unknown_account');
  if (!right) return failed(environment, limits, request.now, 'invalid_password');
  // Guesses made at the same time may have passed the limit while this one was being looked at.
  if (await isLimited(store, limits, request.now)) return { code: 'limited' };
  return admit(environment, known, request, passwordOf(request));
}

export async function loginWithToken(
  environment: AuthEnvironment,
  request: TokenLogin,
): Promise<LoginOutcome> {
  const { store, settings } = environment;
  if (settings.TOKEN_SECRET === null) return { code: 'no_tokens' };
  const limits = limitsOf(environment, request.address, null);
  if (await isLimited(store, limits, request.now)) return { code: 'limited' };
  const name = await accountOfToken(request.token, settings.TOKEN_SECRET, request.now);
  const key = name === null ? null : accountKeyOf(name);
  if (name === null || key === null) return failed(environment, limits, request.now, 'invalid_password');
  const account =
    (await readAccount(store, key)) ?? (await autoCreate(environment, key, name, request.now, {}));
  if (account === null) return failed(environment, limits, request.now, 'unknown_account');
  return admit(environment, account, request, { kind: 'token', value: request.token });
}

function passwordOf(request: PasswordLogin): Secret {
  return { kind: 'password', value: request.secret };
}

function limitsOf(environment: AuthEnvironment, address: string, key: string | null): FailureLimit[] {
  const { LOGIN_FAILURES_PER_ACCOUNT, LOGIN_FAILURES_PER_ADDRESS } = environment.settings;
  const limits = [{ key: `login-address#${address}`, limit: LOGIN_FAILURES_PER_ADDRESS }];
  return key === null
    ? limits
    : [...limits, { key: `login-account#${key}`, limit: LOGIN_FAILURES_PER_ACCOUNT }];
}

/** Null when the setting forbids it, or when somebody else made the account in the same moment. */
async function autoCreate(
  environment: AuthEnvironment,
  key: string,
  name: string,
  now: number,
  secrets: Secrets,
): Promise<Account | null> {
  if (!environment.settings.AUTO_CREATE_ACCOUNTS) return null;
  return createAccount(environment.store, { key, name, right: PLAYER, secrets, now });
}

async function failed(
  environment: AuthEnvironment,
  limits: readonly FailureLimit[],
  now: number,
  code: LoginRefusal,
): Promise<LoginOutcome> {
  if (await countFailure(environment.store, limits, now)) return { code: 'limited' };
  return { code: environment.settings.LOGIN_ERRORS === 'uniform' ? 'invalid_password' : code };
}

async function admit(
  environment: AuthEnvironment,
  account: Account,
  request: { readonly connectionId: string; readonly now: number; readonly step: string },
  secret: Secret,
): Promise<LoginOutcome> {
  const { store, settings } = environment;
  if (account.banned) return { code: 'banned' };
  if (account.right < PLAYER) return { code: 'no_right' };
  if (account.right < OPERATOR && (await isFull(environment, account, request.now)))
    return { code: 'too_many_users' };
  const { userId, name, right } = account;
  return openSession(store, {
    identity: { userId, account: name, right, proof: proofOf(secret, settings.SESSION_SECRET) },
    connectionId: request.connectionId,
    replaces: settings.DUPLICATE_LOGIN === 'kick' ? 'any' : 'none',
    now: request.now,
    step: request.step,
  });
}

/** Whoever replaces a session of its own makes it no fuller. */
async function isFull(environment: AuthEnvironment, account: Account, now: number): Promise<boolean> {
  const { store, settings, census } = environment;
  if ((await census(now)).sessions < settings.MAX_PLAYERS) return false;
  return (await readSession(store, account.userId, now)) === null;
}
