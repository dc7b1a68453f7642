import { type Command, refusal } from '../command.ts';

/** Lists the commands that the asker may use. */
export function helpOf(commands: () => readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    usage: '',
    does: 'lists your commands',
    right: 1,
    run: (context) => {
      const right = context.sections.session?.right ?? 0;
      const allowed = commands().filter((command) => command.right <= right);
      if (allowed.length === 1) return refusal('no_commands', 'There are no commands for you.');
      return { says: allowed.map(({ name, usage, does }) => `/${name} ${usage}`.trim().concat(`: ${does}`)) };
    },
  };
  return help;
}
