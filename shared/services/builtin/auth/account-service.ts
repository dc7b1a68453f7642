import { exists, type Store } from '../../../store/index.ts';
import type { AccountEntry, AccountService } from '../../accounts.ts';
import { orDown } from '../or-down.ts';
import {
  type Account,
  accountItemKey,
  createAccount,
  readAccount,
  readAccountOf,
  type Secrets,
} from './account-store.ts';
import { accountKeyOf } from './names.ts';
import { hashSecret, secretsOf } from './password.ts';
import { changeSession, readSession } from './session-store.ts';

/** Administration of accounts on DynamoDB; `now` gives milliseconds since 1970. */
export function createAccountService(store: Store, now: () => number = Date.now): AccountService {
  const change = (name: string, set: Partial<Account>) =>
    orDown(async () => {
      const key = accountKeyOf(name);
      const outcome =
        key === null ? null : await store.update('accounts', accountItemKey(key), { set }, exists);
      return { code: outcome?.kind === 'done' ? ('ok' as const) : ('unknown_account' as const) };
    });
  return {
    add: (request) =>
      orDown(async () => {
        const key = accountKeyOf(request.name);
        if (key === null) return { code: 'bad_name' as const };
        if (request.password === '') return { code: 'bad_password' as const };
        const secrets = await hashBoth(request.password);
        const account = await createAccount(store, {
          key,
          name: request.name,
          right: request.right,
          secrets,
          now: request.now,
        });
        return account === null
          ? { code: 'exists' as const }
          : { code: 'ok' as const, userId: account.userId };
      }),
    list: () =>
      orDown(async () => {
        const accounts: Account[] = [];
        for await (const item of store.scan('accounts'))
          if (item.sk === 'core') accounts.push(item as Account);
        accounts.sort((a, b) => (a.pk < b.pk ? -1 : 1));
        return { code: 'ok' as const, accounts: accounts.map(entryOf) };
      }),
    find: (request) =>
      orDown(async () => {
        const account =
          'name' in request
            ? await accountNamed(store, request.name)
            : await readAccountOf(store, request.userId);
        return account === null
          ? { code: 'unknown_account' as const }
          : { code: 'ok' as const, account: entryOf(account) };
      }),
    setPassword: async ({ name, password }) =>
      password === '' ? { code: 'bad_password' } : change(name, { secrets: await hashBoth(password) }),
    setRight: ({ name, right }) => change(name, { right }),
    setBanned: async ({ name, banned }) => {
      const outcome = await change(name, { banned });
      if (outcome.code !== 'ok' || !banned) return outcome;
      return orDown(() => endSession(store, name, now()));
    },
  };
}

const entryOf = ({ userId, name, right, banned, createdAt }: Account): AccountEntry => ({
  userId,
  name,
  right,
  banned,
  createdAt,
});

async function accountNamed(store: Store, name: string): Promise<Account | null> {
  const key = accountKeyOf(name);
  return key === null ? null : readAccount(store, key);
}

async function hashBoth(password: string): Promise<Secrets> {
  const { long, short } = secretsOf(password);
  return { long: await hashSecret(long), short: await hashSecret(short) };
}

async function endSession(store: Store, name: string, now: number): Promise<{ readonly code: 'ok' }> {
  const account = await accountNamed(store, name);
  const session = account === null ? null : await readSession(store, account.userId, now);
  if (session !== null) await changeSession(store, session, now, () => null);
  return { code: 'ok' };
}
