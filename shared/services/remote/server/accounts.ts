import type { ServiceImpl } from '@connectrpc/connect';
import type { AccountService } from '../../accounts.ts';
import type { AccountService as Rpc } from '../../proto/accounts.generated.ts';
import { ACCOUNT_REFUSALS, accountOut, soughtIn } from '../wire/accounts.ts';
import { doneOut, outcomeOut } from '../wire/outcome.ts';
import { told } from './unary.ts';

/** An administration of accounts behind gRPC. */
export function accountRoutes(accounts: AccountService): ServiceImpl<typeof Rpc> {
  return {
    add: async ({ name, password, right, now }) => {
      const outcome = await told(accounts.add({ name, password, right, now: Number(now) }));
      return { outcome: outcomeOut(outcome, ({ userId }) => ({ userId }), ACCOUNT_REFUSALS) };
    },
    list: async () => {
      const outcome = await told(accounts.list());
      return { accounts: outcome.accounts.map(accountOut) };
    },
    find: async ({ by }) => {
      const outcome = await told(accounts.find(soughtIn(by)));
      return { outcome: outcomeOut(outcome, ({ account }) => accountOut(account), ACCOUNT_REFUSALS) };
    },
    setPassword: async ({ name, password }) =>
      doneOut(await told(accounts.setPassword({ name, password })), ACCOUNT_REFUSALS),
    setBanned: async ({ name, banned }) =>
      doneOut(await told(accounts.setBanned({ name, banned })), ACCOUNT_REFUSALS),
    setRight: async ({ name, right }) =>
      doneOut(await told(accounts.setRight({ name, right })), ACCOUNT_REFUSALS),
  };
}
