import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Redis } from 'iovalkey';

/** A server that speaks the bus's protocol, or null where this machine has none: its tests are skipped then. */
export const VALKEY = onPath('valkey-server') ?? onPath('redis-server');

if (VALKEY === null)
  console.warn('no valkey-server and no redis-server on PATH: tests of the bus over Valkey are skipped');

export interface ValkeyServer {
  readonly port: number;
  /** `BUS_URL` for it. */
  readonly url: string;
  /** Ends it without a word. */
  kill(): Promise<void>;
  /** Starts it again on its port. */
  start(): Promise<void>;
  /** Stops the process in its tracks, connections stay open; until `thaw`. */
  freeze(): void;
  thaw(): void;
}

/** An empty server of this test's own on a free port; it keeps nothing. */
export async function startValkey(password?: string): Promise<ValkeyServer> {
  if (VALKEY === null) throw new Error('there is no server to start');
  const program = VALKEY;
  const port = await freePort();
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    tmpdir(),
  ];
  if (password !== undefined) options.push('--requirepass', password);
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    child = spawn(program, options, { stdio: 'ignore' });
    for (let tries = 0; !(await answers(port, password)); tries += 1) {
      if (tries > 200 || child.exitCode !== null) throw new Error('the Valkey server did not start');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  await start();
  return {
    port,
    url: `valkey://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    start,
    async kill() {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
}

async function answers(port: number, password: string | undefined): Promise<boolean> {
  const probe = new Redis({
    host: '127.0.0.1',
    port,
    ...(password === undefined ? {} : { password }),
    lazyConnect: true,
    retryStrategy: () => null,
  });
  probe.on('error', () => undefined);
  try {
    await probe.connect();
    return (await probe.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    probe.disconnect();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function onPath(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
