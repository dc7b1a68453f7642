import type { AccountEntry } from '../../accounts.ts';
import * as pb from '../../proto/accounts.generated.ts';
import { badMessage, timeOut } from './message.ts';

export const ACCOUNT_REFUSALS = {
  exists: pb.AccountRefusal.EXISTS,
  bad_name: pb.AccountRefusal.BAD_NAME,
  bad_password: pb.AccountRefusal.BAD_PASSWORD,
  unknown_account: pb.AccountRefusal.UNKNOWN_ACCOUNT,
} as const;

type Sought = { readonly name: string } | { readonly userId: string };

export const accountIn = ({ userId, name, right, banned, createdAt }: pb.Account): AccountEntry => ({
  userId,
  name,
  right,
  banned,
  createdAt: Number(createdAt),
});

export const accountOut = ({ createdAt, ...rest }: AccountEntry) => ({
  ...rest,
  createdAt: timeOut(createdAt),
});

/** @throws EdgeError `bad_service_message` when it does not say whose account is sought */
export function soughtIn(by: pb.FindAccountRequest['by']): Sought {
  if (by.case === undefined) throw badMessage('by is missing');
  return by.case === 'name' ? { name: by.value } : { userId: by.value };
}

export const soughtOut = (sought: Sought) =>
  'name' in sought
    ? ({ case: 'name', value: sought.name } as const)
    : ({ case: 'userId', value: sought.userId } as const);
