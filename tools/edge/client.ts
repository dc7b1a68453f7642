import { Command, InvalidArgumentError, Option } from 'commander';
import { type ProfileName, profileNames } from '../../shared/protocol/index.ts';
import { playInteractively } from '../client/interactive.ts';

interface Options {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly character?: string;
  readonly profile: ProfileName;
  readonly encrypted: boolean;
}

/** `packet-edge client`: an interactive player. */
export function clientCommand(): Command {
  return new Command('client')
    .description('Logs in, enters the world, sends what you type and prints every packet decoded.')
    .argument('<account>', 'account name')
    .option('-p, --password <password>', 'password', 'secret')
    .option(
      '-c, --character <name>',
      'character to play; made when it does not exist (default: the first one)',
    )
    .option('--host <host>', 'address of the service', '127.0.0.1')
    .option('--port <port>', 'port of the service', port, 29000)
    .addOption(new Option('--profile <profile>', 'packet numbers').choices([...profileNames]).default('head'))
    .option('--encrypted', 'speak with the frame cipher', false)
    .action(async (account: string, options: Options) => {
      process.exitCode = await playInteractively({
        ...options,
        account,
        character: options.character ?? null,
      });
    });
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65535)
    throw new InvalidArgumentError('a port is 1 to 65535');
  return value;
}
