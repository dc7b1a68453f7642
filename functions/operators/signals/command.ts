import type { AuditEntry } from '../../../shared/services/builtin/audit/audit-log.ts';
import type { Answer, Command } from '../command.ts';
import { COMMANDS } from '../commands.ts';
import { OPERATOR } from '../names.ts';
import type { OperatorsContext, OperatorsResult, OperatorsSignal } from '../sections.ts';
import { whisper } from '../whisper.ts';

/** A text that began with a slash. Whatever an operator does is in the log of the database before it is done. */
export const command: OperatorsSignal = async (context, { text }, message) => {
  const { session, character } = context.sections;
  if (typeof text !== 'string' || message.from.connection !== context.connection.id)
    return { refused: 'bad_signal' };
  const [, word = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const found = COMMANDS.find(({ name }) => name === word.toLowerCase());
  const right = session?.right ?? 0;
  if (found === undefined || found.right > right) {
    if (found !== undefined) context.log.warn('command without the right', { command: found.name, right });
    return {
      replies: [whisper('Unknown command. /help lists yours.')],
      refused: found === undefined ? 'unknown_command' : 'no_right',
    };
  }
  if (right < OPERATOR) return resultOf(await run(context, found, rest));
  const entry: AuditEntry = {
    at: context.now,
    step: context.step('audit'),
    account: session?.account ?? '',
    character: character?.name ?? '',
    right,
    address: context.connection.address,
    command: found.name,
    text,
    outcome: 'begun',
  };
  return audited(context, entry, () => run(context, found, rest));
};

async function audited(
  context: OperatorsContext,
  entry: AuditEntry,
  act: () => Promise<Answer>,
): Promise<OperatorsResult> {
  const { audit } = context.services;
  const begun = await audit.write(entry);
  if (begun.code !== 'ok') {
    context.log.error('command not audited', { ...begun });
    return { replies: [whisper('Not done: the log of commands cannot be written.')], refused: 'no_audit' };
  }
  const answer = await act();
  const outcome = answer.refused ?? 'done';
  const { account, character, command: name, text } = entry;
  context.log.info('operator command', { account, character, command: name, text, outcome });
  const ended = await audit.write({ ...entry, outcome });
  if (ended.code !== 'ok') context.log.error('outcome of a command not audited', { ...ended, outcome });
  return resultOf(answer);
}

async function run(context: OperatorsContext, found: Command, rest: string): Promise<Answer> {
  const words = rest.trim() === '' ? [] : rest.trim().split(/\s+/);
  return found.run(context, words, rest.trim());
}

function resultOf({ says, result, refused }: Answer): OperatorsResult {
  return { ...result, replies: says.map(whisper), ...(refused === undefined ? {} : { refused }) };
}
