import type { Command } from './command.ts';
import { announce } from './commands/announce.ts';
import { ban } from './commands/ban.ts';
import { give } from './commands/give.ts';
import { helpOf } from './commands/help.ts';
import { kick } from './commands/kick.ts';
import { level } from './commands/level.ts';
import { teleport } from './commands/teleport.ts';
import { where } from './commands/where.ts';
import { who } from './commands/who.ts';

/** All commands, as /help lists them. */
export const COMMANDS: readonly Command[] = [
  helpOf(() => COMMANDS),
  where,
  who,
  kick,
  ban,
  announce,
  teleport,
  give,
  level,
];
