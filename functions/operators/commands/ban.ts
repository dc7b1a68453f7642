import { type Answer, type Command, refusal, usage } from '../command.ts';
import { findCharacter } from '../find.ts';
import { OPERATOR } from '../names.ts';
import type { OperatorsContext } from '../sections.ts';
import { thrownOut } from './kick.ts';

/** Bans the account of a character, or of that name, and closes its connections. */
export const ban: Command = {
  name: 'ban',
  usage: 'NAME [REASON]',
  does: 'bans the account of a character (or of that name) and closes its connections',
  right: OPERATOR,
  run: async (context, words) => {
    const [name, ...reason] = words;
    if (name === undefined) return usage(ban);
    const account = await accountOf(context, name);
    if ('says' in account) return account;
    const own = context.sections.session?.right ?? 0;
    if (account.userId === context.userId || account.right >= own)
      return refusal('no_right', `You may not ban ${account.name}.`);
    const outcome = await context.services.accounts.setBanned({ name: account.name, banned: true });
    if (outcome.code !== 'ok') return down(context, outcome);
    return {
      says: [`The account ${account.name} is banned.`],
      result: thrownOut(`user/${account.userId}`, account.name, reason.join(' ')),
    };
  },
};

interface Account {
  readonly userId: string;
  readonly name: string;
  readonly right: number;
}

async function accountOf(context: OperatorsContext, name: string): Promise<Account | Answer> {
  const found = await findCharacter(context, name);
  if (!('id' in found) && found.refused === 'service_down') return found;
  const outcome = await context.services.accounts.find('id' in found ? { userId: found.userId } : { name });
  if (outcome.code === 'ok') return outcome.account;
  return outcome.code === 'unknown_account'
    ? refusal('unknown_account', `There is no character or account ${name.slice(0, 40)}.`)
    : down(context, outcome);
}

function down(context: OperatorsContext, outcome: { readonly code: string }): Answer {
  context.log.error('not banned', { ...outcome });
  return refusal('service_down', 'The account could not be banned. Try again in a moment.');
}
