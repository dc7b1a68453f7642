import { randomBytes } from 'node:crypto';
import { absent, type Item, type Key, type Store } from '../../../store/index.ts';
import type { PasswordHash, SecretForm } from './password.ts';

/** An account as it is stored: table `accounts`, pk `account#<name in lower case>`, sk `core`. */
export interface Account extends Item {
  readonly schema: 1;
  readonly userId: string;
  /** As it was spelt when it was made. */
  readonly name: string;
  /** 0 may not connect, 1 player, 256 and more operators. */
  readonly right: number;
  readonly banned: boolean;
  readonly createdAt: number;
  /** One hash for each form in which clients send the password; none for accounts that log in with tokens only. */
  readonly secrets: Secrets;
}

export type Secrets = { readonly [F in SecretForm]?: PasswordHash };

export function accountItemKey(key: string): Key {
  return { pk: `account#${key}`, sk: 'core' };
}

/** Which account a user has: table `accounts`, pk `user#<user id>`, sk `account`. */
function userItemKey(userId: string): Key {
  return { pk: `user#${userId}`, sk: 'account' };
}

/** The account of a user. */
export async function readAccountOf(store: Store, userId: string): Promise<Account | null> {
  const item = await store.get('accounts', userItemKey(userId));
  return item === null ? null : readAccount(store, String(item.key));
}

export async function readAccount(store: Store, key: string): Promise<Account | null> {
  return (await store.get('accounts', accountItemKey(key))) as Account | null;
}

export interface NewAccount {
  /** Lower-case key of the name. */
  readonly key: string;
  readonly name: string;
  readonly right: number;
  readonly secrets: Secrets;
  readonly now: number;
}

/** Makes an account; null when the name is taken. */
export async function createAccount(store: Store, account: NewAccount): Promise<Account | null> {
  const item: Account = {
    ...accountItemKey(account.key),
    schema: 1,
    userId: randomBytes(8).toString('hex'),
    name: account.name,
    right: account.right,
    banned: false,
    createdAt: account.now,
    secrets: account.secrets,
  };
  const outcome = await store.transact([
    { kind: 'put', table: 'accounts', item, when: absent(account.now) },
    { kind: 'put', table: 'accounts', item: { ...userItemKey(item.userId), key: account.key } },
  ]);
  return outcome.kind === 'done' ? item : null;
}
