import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');
const START_PATIENCE = 30_000;

/** `packet-edge services` as a process of its own. */
export interface ServicesProcess {
  readonly url: string;
  readonly lines: readonly string[];
  /** A signal, then the exit code (null when the signal ended it). */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export async function startServices(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ServicesProcess> {
  const child = spawn(process.execPath, ['tools/edge.ts', 'services', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const url = await readyUrl(child, lines);
  return {
    url,
    lines,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill(signal);
        await exited;
      }
      return child.exitCode;
    },
  };
}

function readyUrl(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`the services did not start:\n${lines.join('\n')}`));
    const timer = setTimeout(fail, START_PATIENCE);
    child.once('exit', fail);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        const url = line.includes('services ready') ? /"url":"([^"]+)"/.exec(line)?.[1] : undefined;
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url);
      });
    }
  });
}

/** A port of this machine that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
