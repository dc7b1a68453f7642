import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Log } from '../../operations/log.ts';

/** One running engine process. */
export interface EngineProcess {
  readonly pid: number;
  /** Resolves when it has ended, with what it ended by. Never rejects. */
  readonly ended: Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts the engine in a process group of its own: a Ctrl-C goes to the whole group of the terminal, and the engine must outlive
 * the ingress, which still writes while it drains.
 */
export function startEngineProcess(binary: string, port: number, dataFile: string, log: Log): EngineProcess {
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', dataFile];
  let child: ChildProcess;
  try {
    child = spawn(binary, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: {} });
  } catch (error) {
    // Some failures of the system are thrown, want of memory for one: they must not end the supervision.
    return { pid: 0, ended: Promise.resolve(String(error)), kill: () => undefined };
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code ?? 'unknown'}`));
  });
  passOn(child, log);
  return { pid: child.pid ?? 0, ended, kill: (signal) => void child.kill(signal) };
}

function passOn(child: ChildProcess, log: Log): void {
  for (const stream of [child.stdout, child.stderr]) {
    // Without file descriptors there are not even streams, whatever the types say.
    if (stream === null || stream === undefined) continue;
    createInterface({ input: stream }).on('line', (line) => log.debug({ line }, 'engine'));
  }
}
