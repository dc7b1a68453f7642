import { Command, InvalidArgumentError } from 'commander';
import { createAccountService } from '../../shared/services/builtin/index.ts';
import type { AccountService } from '../../shared/services/index.ts';
import { openAccounts, openBacking } from '../../shared/services/open-services.ts';
import { withData } from './open-data.ts';
import { readPassword } from './read-password.ts';

/** What can go wrong, in words for whoever typed the command. */
const REASONS: Readonly<Record<string, string>> = {
  exists: 'an account of this name exists',
  bad_name: 'a name has 2 to 24 letters and digits',
  bad_password: 'a password has 1 to 64 characters',
  unknown_account: 'there is no account of this name; `account list` shows them',
  down: 'the database, or the service of AUTH_SERVICE_URL, does not answer',
};

const PLAYER = 1;

/** `packet-edge account`: who may log in. Works beside a running service and without one. */
export function accountCommand(): Command {
  const account = new Command('account').description(
    'Accounts: who may log in. Uses the auth service of AUTH_SERVICE_URL, or the data of the settings (DATA_DIR, DYNAMODB_ENDPOINT).',
  );
  account
    .command('add')
    .description('makes an account')
    .argument('<name>', '2 to 24 letters and digits')
    .option('-p, --password <password>', 'password (asked for, or read from standard input, unless given)')
    .option('-r, --right <number>', '1 player, 256 and more operators, 0 may not connect', right, PLAYER)
    .action(async (name: string, options: { password?: string; right: number }) => {
      const password = options.password ?? (await readPassword(`Password for ${name}: `));
      await run(async (accounts) => {
        const outcome = await accounts.add({ name, password, right: options.right, now: Date.now() });
        return outcome.code === 'ok' ? `account ${name} made` : outcome;
      });
    });
  account
    .command('list')
    .description('lists the accounts')
    .option('--json', 'as JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      await run(async (accounts) => {
        const outcome = await accounts.list();
        if (outcome.code !== 'ok') return outcome;
        if (json) return JSON.stringify(outcome.accounts, null, 2);
        if (outcome.accounts.length === 0) return 'no accounts yet; make one with: account add NAME';
        const rows = outcome.accounts.map(({ name, right: value, banned, createdAt }) =>
          [
            name.padEnd(24),
            String(value).padStart(5),
            banned ? 'banned' : '      ',
            new Date(createdAt).toISOString(),
          ].join('  '),
        );
        return [`${'name'.padEnd(24)}  right          made`, ...rows].join('\n');
      });
    });
  account
    .command('password')
    .description('sets a new password')
    .argument('<name>')
    .option('-p, --password <password>', 'password (asked for, or read from standard input, unless given)')
    .action(async (name: string, options: { password?: string }) => {
      const password = options.password ?? (await readPassword(`New password for ${name}: `));
      await run(async (accounts) => {
        const outcome = await accounts.setPassword({ name, password });
        return outcome.code === 'ok' ? `password of ${name} set` : outcome;
      });
    });
  account
    .command('ban')
    .description('refuses the account from now on and ends its session')
    .argument('<name>')
    .option('--lift', 'lets it in again', false)
    .action(async (name: string, { lift }: { lift: boolean }) => {
      await run(async (accounts) => {
        const outcome = await accounts.setBanned({ name, banned: !lift });
        return outcome.code === 'ok' ? `${name} ${lift ? 'may log in again' : 'is banned'}` : outcome;
      });
    });
  account
    .command('right')
    .description('sets what the account may do')
    .argument('<name>')
    .argument('<number>', '1 player, 256 and more operators, 0 may not connect', right)
    .action(async (name: string, value: number) => {
      await run(async (accounts) => {
        const outcome = await accounts.setRight({ name, right: value });
        return outcome.code === 'ok' ? `right of ${name} is ${value}` : outcome;
      });
    });
  return account;
}

async function run(
  work: (accounts: AccountService) => Promise<string | { readonly code: string }>,
): Promise<void> {
  const backing = openBacking(process.env, { grants: 'everything' });
  const told =
    backing.remote('auth') === null
      ? await withData((store) => work(createAccountService(store)))
      : await work(openAccounts(backing));
  if (typeof told === 'string') {
    console.log(told);
    return;
  }
  console.error(REASONS[told.code] ?? told.code);
  process.exitCode = 1;
}

function right(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535)
    throw new InvalidArgumentError('a right is 0 to 65535');
  return value;
}
