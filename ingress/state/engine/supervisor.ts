import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EdgeError } from '../../../shared/errors/edge-error.ts';
import type { Log } from '../../operations/log.ts';
import { engineBinary } from './binary.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import { freePort } from './free-port.ts';
import { listens } from './listens.ts';
import { endLeftover, removePid, writePid } from './pid-file.ts';
import { answers } from './readiness.ts';

/** The engine's file in the data directory. */
export const DATA_FILE = 'data.sqlite';
/** The file with the pid of its process, beside it. */
export const PID_FILE = 'engine.pid';

/** Milliseconds: for an engine to answer; between questions; to end after SIGTERM; waits before it is started again. */
const START_WITHIN = 10_000;
const ASK_EVERY = 10;
const STOP_WITHIN = 5_000;
const RESPAWN_FIRST = 20;
const RESPAWN_LONGEST = 500;
/** Ports tried before the start counts as failed. */
const PORTS = 3;
/** An engine that lived so long was healthy: the next wait begins small again. */
const HEALTHY_AFTER = 2_000;

export interface EngineOptions {
  /** Directory of the data; relative ones count from the working directory. */
  readonly dataDir: string;
  readonly log: Log;
}

/** The embedded database while it is supervised. */
export interface Engine {
  /** Value for `DYNAMODB_ENDPOINT`. It stays the same when the engine is started again. */
  readonly endpoint: string;
  /** Of the present process; it changes when the engine is started again. */
  readonly pid: number;
  /** Ends the engine and gives the data directory back. Call it last: whoever writes needs it. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded database on a free loopback port and keeps it running. Throws `engine_missing`, `data_dir_locked`, or
 * `database_down` when it does not answer.
 */
export async function startEngine({ dataDir, log }: EngineOptions): Promise<Engine> {
  const binary = engineBinary();
  const directory = resolve(dataDir);
  const unlock = lockDataDir(directory);
  try {
    const dataFile = join(directory, DATA_FILE);
    const pidFile = join(directory, PID_FILE);
    const leftover = await endLeftover(pidFile, dataFile);
    if (leftover !== null)
      log.warn({ pid: leftover, code: 'data_dir_locked' }, 'ended the engine of a crashed service');
    const { supervisor, port } = await startOnFreePort(binary, dataFile, pidFile, log);
    return {
      endpoint: `http://127.0.0.1:${port}`,
      get pid() {
        return supervisor.pid;
      },
      stop: () => supervisor.stop().finally(unlock),
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A port that somebody else took in the same moment is given up for another. */
async function startOnFreePort(binary: string, dataFile: string, pidFile: string, log: Log) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const supervisor = new Supervisor(() => startEngineProcess(binary, port, dataFile, log), pidFile, log);
    if (await supervisor.start(port)) return { supervisor, port };
    if (attempt === PORTS)
      throw new EdgeError('database_down', 'the embedded database does not start', { port });
  }
}

class Supervisor {
  private readonly spawn: () => EngineProcess;
  private readonly pidFile: string;
  private readonly log: Log;
  private current: EngineProcess | null = null;
  private stopping = false;
  private watching: Promise<void> = Promise.resolve();
  private readonly onExit = () => this.current?.kill('SIGTERM');

  constructor(spawn: () => EngineProcess, pidFile: string, log: Log) {
    this.spawn = spawn;
    this.pidFile = pidFile;
    this.log = log;
  }

  get pid(): number {
    return this.current?.pid ?? 0;
  }

  /** False, with nothing left running, when the engine ended at once or does not answer. */
  async start(port: number): Promise<boolean> {
    process.on('exit', this.onExit);
    this.watching = this.watch();
    const first = this.pid;
    const deadline = performance.now() + START_WITHIN;
    while (first > 0 && this.pid === first && performance.now() < deadline) {
      if (listens(first, port) && (await answers(port))) return true;
      await sleep(ASK_EVERY);
    }
    await this.stop();
    return false;
  }

  /** Runs as long as the engine shall run, one process after the other. */
  private async watch(): Promise<void> {
    let wait = RESPAWN_FIRST;
    while (!this.stopping) {
      const began = performance.now();
      const engine = this.spawn();
      this.current = engine;
      this.remember(engine.pid);
      const how = await engine.ended;
      if (this.stopping) break;
      const lived = performance.now() - began;
      wait = lived > HEALTHY_AFTER ? RESPAWN_FIRST : Math.min(wait * 2, RESPAWN_LONGEST);
      this.log.error(
        { code: 'database_down', how, lived: Math.round(lived), wait },
        'the engine ended; it is started again',
      );
      await sleep(wait);
    }
    removePid(this.pidFile);
  }

  /** A directory that cannot be written now must not end the service; the engine itself will say so. */
  private remember(pid: number): void {
    try {
      if (pid > 0) writePid(this.pidFile, pid);
    } catch (error) {
      this.log.warn(
        { code: 'database_down', error: String(error) },
        'the pid of the engine could not be written',
      );
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.current?.kill('SIGTERM');
    const late = setTimeout(() => this.current?.kill('SIGKILL'), STOP_WITHIN);
    await this.watching;
    clearTimeout(late);
    process.off('exit', this.onExit);
  }
}
