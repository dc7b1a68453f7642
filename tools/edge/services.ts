import { BlockList, isIPv6 } from 'node:net';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Logger, pino } from 'pino';
import { readSettings } from '../../shared/config/read-settings.ts';
import type { ServiceName } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import {
  createAccountService,
  createAuthService,
  createCharacterService,
  createWorldService,
  readAuthSettings,
} from '../../shared/services/builtin/index.ts';
import { type Offered, serve } from '../../shared/services/remote/server/serve.ts';
import type { Patience, Store } from '../../shared/store/index.ts';
import { withData } from './open-data.ts';

const NAMES: readonly ServiceName[] = ['auth', 'character', 'world'];
/** Callers give up after a second unless told otherwise; what is tried for longer is tried in vain. */
const PATIENCE: Patience = { within: 800, first: 20, longest: 200 };
/** Milliseconds in which calls under way may finish at the end. */
const GRACE = 10_000;
const PORT = 9110;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

interface Options {
  readonly listen: string;
  readonly port: number;
  readonly only: readonly ServiceName[];
}

/** `packet-edge services`: the built-in services for others to call. */
export function servicesCommand(): Command {
  return new Command('services')
    .description(
      'Serves the built-in auth, character and world services over gRPC until it is told to stop. Uses the data of the settings (DATA_DIR, DYNAMODB_ENDPOINT); callers must bring SERVICE_TOKEN where it is set.',
    )
    .option('-l, --listen <address>', 'address; without SERVICE_TOKEN only one of this machine', '127.0.0.1')
    .option('-p, --port <number>', '0 takes a free one', port, PORT)
    .addOption(
      new Option('--only <names>', `some of ${NAMES.join(', ')}, with commas between`)
        .argParser(names)
        .default(NAMES, 'all'),
    )
    .action(run);
}

async function run({ listen, port: wanted, only }: Options): Promise<void> {
  const { LOG_LEVEL, SERVICE_TOKEN: token } = readSettings(process.env, ['LOG_LEVEL', 'SERVICE_TOKEN']);
  if (token === null && !loopback.check(listen, isIPv6(listen) ? 'ipv6' : 'ipv4'))
    throw new EdgeError(
      'bad_config',
      `SERVICE_TOKEN is not set: services at ${listen} would be open to everyone`,
    );
  const log = pino({ level: LOG_LEVEL });
  const stop = stopSignal();
  await withData(
    async (store) => {
      const serving = await serve(offered(store, only), {
        host: listen,
        port: wanted,
        token,
        ready: () => isReady(store),
        failed: (call, error) => log.error({ call, err: error }, 'a call failed'),
      });
      log.info({ url: serving.url, services: only, guarded: token !== null }, 'services ready');
      await ended(stop, log);
      await serving.close(GRACE);
    },
    { patience: PATIENCE },
  );
  log.info('services ended');
}

function offered(store: Store, only: readonly ServiceName[]): Offered {
  return {
    ...(only.includes('auth')
      ? {
          auth: createAuthService(store, readAuthSettings(process.env)),
          accounts: createAccountService(store),
        }
      : {}),
    ...(only.includes('character') ? { characters: createCharacterService(store) } : {}),
    ...(only.includes('world') ? { world: createWorldService(store) } : {}),
  };
}

/** Whether the database answers. */
async function isReady(store: Store): Promise<boolean> {
  return (await createWorldService(store).findObject({ map: 0, objectId: 0 })).code !== 'down';
}

/** Heard from the beginning, and further ones do not cut the end short. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, resolve);
  });
}

async function ended(stop: Promise<NodeJS.Signals>, log: Logger): Promise<void> {
  log.info({ signal: await stop }, 'services end');
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535)
    throw new InvalidArgumentError('a port is 0 to 65535');
  return value;
}

function names(text: string): ServiceName[] {
  return text.split(',').map((name) => {
    const known = NAMES.find((one) => one === name.trim());
    if (known === undefined) throw new InvalidArgumentError(`there are ${NAMES.join(', ')}`);
    return known;
  });
}
