import { exists, type Store } from '../../../store/index.ts';
import type { AccountService } from '../../accounts.ts';
import { orDown } from '../or-down.ts';
import { type Account, accountItemKey, createAccount, readAccount, type Secrets } from './account-store.ts';
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
        const entries = accounts.map(({ userId, name, right, banned, createdAt }) => ({
          userId,
          name,
          right,
          banned,
          createdAt,
        }));
        return { code: 'ok' as const, accounts: entries };
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

async function hashBoth(password: string): Promise<Secrets> {
  const { long, short } = secretsOf(password);
  return { long: await hashSecret(long), short: await hashSecret(short) };
}

async function endSession(store: Store, name: string, now: number): Promise<{ readonly code: 'ok' }> {
  const account = await readAccount(store, accountKeyOf(name) ?? '');
  const session = account === null ? null : await readSession(store, account.userId, now);
  if (session !== null) await changeSession(store, session, now, () => null);
  return { code: 'ok' };
}
