import type { OperatorsContext, OperatorsResult } from './sections.ts';

/** What came of a command. `says` is whispered to the operator, line by line; `refused` says why it was not carried out. */
export interface Answer {
  readonly says: readonly string[];
  readonly result?: Pick<OperatorsResult, 'signals' | 'deliveries' | 'reread'>;
  readonly refused?: string;
}

/** One command. */
export interface Command {
  readonly name: string;
  /** What follows the name, for /help. */
  readonly usage: string;
  readonly does: string;
  /** Right that an account needs for it. */
  readonly right: number;
  /** `words` are what follows the name; `rest` is the same as it was typed. */
  run(context: OperatorsContext, words: readonly string[], rest: string): Answer | Promise<Answer>;
}

/** The answer to a command that was typed wrong. */
export function usage(command: Pick<Command, 'name' | 'usage'>): Answer {
  return { says: [`Use: /${command.name} ${command.usage}`.trim()], refused: 'bad_command' };
}

export function refusal(refused: string, ...says: readonly string[]): Answer {
  return { says, refused };
}
