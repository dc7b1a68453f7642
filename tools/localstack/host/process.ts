import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isReady, PORT, serviceLoading } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { type Paths, projectRoot } from './paths.ts';

const START_WITHIN = 90_000;
const STOP_WITHIN = 15_000;
const LOOK_EVERY = 200;
/** Settings of this shell that must not reach LocalStack: it would look for a proxy, or for a licence. */
const UNWANTED = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'LOCALSTACK_AUTH_TOKEN'];

const commandOf = (pid: number | string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** The process id of the LocalStack that was started from here, while it runs. */
export function runningPid(paths: Paths): number | undefined {
  try {
    const pid = Number(readFileSync(paths.pidFile, 'utf8'));
    return commandOf(pid).includes('localstack.runtime.main') ? pid : undefined;
  } catch {
    return undefined;
  }
}

function environment(paths: Paths): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !UNWANTED.includes(name)),
  );
  return {
    ...inherited,
    OVERRIDE_IN_DOCKER: '0',
    FILESYSTEM_ROOT: paths.root,
    XDG_CACHE_HOME: join(paths.home, 'cache'),
    TMPDIR: paths.temporary,
    GATEWAY_LISTEN: `127.0.0.1:${PORT}`,
    LOCALSTACK_HOST: `127.0.0.1:${PORT}`,
    GATEWAY_SERVER: 'loopback',
    SKIP_SSL_CERT_DOWNLOAD: '1',
    DISABLE_EVENTS: '1',
    DNS_ADDRESS: '0',
    DYNAMODB_IN_MEMORY: '1',
    LAMBDA_RUNTIME_EXECUTOR: 'host',
    LAMBDA_KEEPALIVE_MS: '600000',
    PACKET_EDGE_NODE: join(projectRoot, 'node_modules/.bin/node'),
    ...serviceLoading,
    LS_LOG: process.env.LS_LOG ?? 'info',
  };
}

/**
 * Starts LocalStack in the background, on loopback, and waits until it is ready.
 * @throws Problem with the end of its log when it does not start
 */
export async function startProcess(paths: Paths): Promise<void> {
  if (runningPid(paths) === undefined) {
    if (await isReady()) throw new Problem(`Another LocalStack already answers on 127.0.0.1:${PORT}.`);
    sweep(paths);
    mkdirSync(paths.temporary, { recursive: true });
    const log = openSync(paths.log, 'w');
    const child = spawn(paths.python, ['-m', 'localstack.runtime.main'], {
      cwd: paths.home,
      env: environment(paths),
      stdio: ['ignore', log, log],
      detached: true,
    });
    child.on('error', () => undefined);
    child.unref();
    writeFileSync(paths.pidFile, String(child.pid ?? ''));
  }
  for (let waited = 0; waited < START_WITHIN; waited += LOOK_EVERY) {
    await sleep(LOOK_EVERY);
    if (runningPid(paths) === undefined) break;
    if (await isReady()) return;
  }
  const tail = readFileSync(paths.log, 'utf8').split('\n').slice(-20).join('\n');
  throw new Problem(`LocalStack did not start; the end of ${paths.log}:\n${tail}`);
}

/** Ends LocalStack and the children that it leaves behind. Does nothing when it does not run. */
export async function stopProcess(paths: Paths): Promise<void> {
  const pid = runningPid(paths);
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; waited < STOP_WITHIN && runningPid(paths) !== undefined; waited += LOOK_EVERY) {
      await sleep(LOOK_EVERY);
    }
    if (runningPid(paths) !== undefined) process.kill(pid, 'SIGKILL');
  }
  sweep(paths);
  rmSync(paths.pidFile, { force: true });
  rmSync(paths.temporary, { recursive: true, force: true });
}

/** A LocalStack that was killed leaves its database and its functions behind: ends those that were started from this home. */
function sweep(paths: Paths): void {
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const command = commandOf(pid);
    const ours =
      (command.includes('java ') && command.includes(paths.dynamodb)) ||
      (command.includes('node ') && command.includes(join(paths.venv, 'lib')));
    if (!ours) continue;
    try {
      process.kill(Number(pid), 'SIGTERM');
    } catch {
      // It has ended meanwhile.
    }
  }
}
