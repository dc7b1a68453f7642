import type { AccountService } from '../../accounts.ts';
import { AccountService as Rpc } from '../../proto/accounts.generated.ts';
import { ACCOUNT_CALLS } from '../calls.ts';
import { openChannel } from '../channel.ts';
import type { RemoteCall } from '../guarded-call.ts';
import type { RemoteTarget } from '../target.ts';
import { ACCOUNT_REFUSALS, accountIn, soughtOut } from '../wire/accounts.ts';
import { timeOut } from '../wire/message.ts';
import { doneIn, outcomeIn } from '../wire/outcome.ts';

/** The administration of accounts at the other end of a connection of its own. */
export function connectAccounts(target: RemoteTarget): AccountService {
  return accountClient(openChannel(target, ACCOUNT_CALLS));
}

function accountClient(call: RemoteCall): AccountService {
  const { method } = Rpc;
  return {
    add: ({ name, password, right, now }) =>
      call(method.add, { name, password, right, now: timeOut(now) }, ({ outcome }) =>
        outcomeIn(outcome, ({ userId }) => ({ userId }), ACCOUNT_REFUSALS, [
          'exists',
          'bad_name',
          'bad_password',
        ]),
      ),
    list: () => call(method.list, {}, ({ accounts }) => ({ code: 'ok', accounts: accounts.map(accountIn) })),
    find: (request) =>
      call(method.find, { by: soughtOut(request) }, ({ outcome }) =>
        outcomeIn(outcome, (account) => ({ account: accountIn(account) }), ACCOUNT_REFUSALS, [
          'unknown_account',
        ]),
      ),
    setPassword: ({ name, password }) =>
      call(method.setPassword, { name, password }, ({ refused }) =>
        doneIn(refused, ACCOUNT_REFUSALS, ['unknown_account', 'bad_password']),
      ),
    setBanned: ({ name, banned }) =>
      call(method.setBanned, { name, banned }, ({ refused }) =>
        doneIn(refused, ACCOUNT_REFUSALS, ['unknown_account']),
      ),
    setRight: ({ name, right }) =>
      call(method.setRight, { name, right }, ({ refused }) =>
        doneIn(refused, ACCOUNT_REFUSALS, ['unknown_account']),
      ),
  };
}
