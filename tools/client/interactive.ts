import { createInterface } from 'node:readline';
import { createRoseFraming } from '../../ingress/net/rose/framing.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import {
  createProtocol,
  type DecodedPacket,
  ingressOverlays,
  type ProfileName,
} from '../../shared/protocol/index.ts';
import { HELP, parseCommand } from './commands.ts';
import { GameClient } from './game-client.ts';
import { LogInFailed, type LogInOptions, logIn } from './log-in.ts';

export interface InteractiveOptions extends LogInOptions {
  readonly host: string;
  readonly port: number;
  readonly profile: ProfileName;
  readonly encrypted: boolean;
}

/** A player at the keyboard: logs in, then sends what is typed and prints every packet decoded. Resolves with the exit code. */
export async function playInteractively(options: InteractiveOptions): Promise<number> {
  const protocol = createProtocol(options.profile, { overlays: ingressOverlays, commonFields: true });
  const framing = createRoseFraming({ cipher: options.encrypted ? 'rose' : 'none' });
  const variant = framing.variants[0] ?? 'plain';
  let quiet = false;
  const onPacket = (direction: 'in' | 'out', packet: DecodedPacket) => {
    if (!quiet) console.log(`${direction === 'in' ? '<' : '>'} ${packet.name} ${show(packet)}`);
  };
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const opened: GameClient[] = [];
  const endAll = () => {
    for (const client of opened) client.end();
  };
  const open = async () => {
    const { host, port } = options;
    const client = await GameClient.connect({ host, port, protocol, framing, variant, onPacket });
    opened.push(client);
    return client;
  };

  const world = await logIn(open, options).catch((error: unknown) => {
    console.error(explain(error, options));
    return null;
  });
  if (world === null) {
    endAll();
    return 1;
  }
  console.log('in the world; type help for commands');
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '' });
  lines.on('close', leave);
  lines.on('line', (line) => {
    const command = parseCommand(line);
    switch (command.kind) {
      case 'send':
        try {
          world.send(command.name, command.fields);
        } catch (error) {
          console.error(explain(error, options));
        }
        return;
      case 'help':
        return console.log(HELP);
      case 'mute':
        quiet = command.on;
        return;
      case 'mistake':
        return console.error(command.text);
      case 'quit':
        return leave();
      case 'nothing':
        return;
    }
  });
  const alive = setInterval(() => world.send('CLI_ALIVE'), ALIVE_EVERY);
  const watch = setInterval(() => world.closed && leave(), 100);
  await left;
  clearInterval(alive);
  clearInterval(watch);
  console.log(world.closed ? 'the server closed the connection' : 'left');
  endAll();
  lines.close();
  return 0;
}

const ALIVE_EVERY = 60_000;
const LONGEST_LINE = 600;

function show(packet: DecodedPacket): string {
  const hidden = 'password' in packet.fields ? { ...packet.fields, password: '[hidden]' } : packet.fields;
  const text = JSON.stringify(hidden);
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}... (${text.length} characters)` : text;
}

function explain(error: unknown, { host, port, account }: InteractiveOptions): string {
  if (error instanceof LogInFailed) {
    const hint = error.message.includes('UNKNOWN_ACCOUNT')
      ? `\nMake the account (npm run edge -- account add ${account}) or start the service with AUTO_CREATE_ACCOUNTS=true.`
      : '';
    return error.message + hint;
  }
  if (EdgeError.is(error)) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') {
    return `nothing listens on ${host}:${port}; start the service with: npm start`;
  }
  return String(error);
}
