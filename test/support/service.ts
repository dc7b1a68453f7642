import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Ground, groundFor } from './ground.ts';

export interface ServiceOptions {
  /** `dataDir` of an earlier service or a folder that is kept; otherwise the service begins without data, and leaves none. */
  readonly dataDir?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs this instead of `ingress/main.ts`. */
  readonly launch?: Launch;
}

/** A program that is the service, such as a bundle of it. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** User and group to run as; needs root. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

interface Ready {
  readonly msg?: string;
  readonly port?: number;
  readonly adminPort?: number;
}

const root = join(import.meta.dirname, '../..');
const SOURCE: Launch = { file: process.execPath, args: ['ingress/main.ts'], cwd: root };
const START_PATIENCE = 30_000;

/** The whole service as a child process on free ports. */
export class Service {
  readonly port: number;
  readonly adminPort: number;
  readonly dataDir: string;
  /** All of its settings; the command line with the same ones finds its data. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly process: ChildProcess;
  /** Every log line so far. */
  readonly lines: readonly string[];
  readonly #ground: Ground;
  readonly #ended: Promise<number | null>;
  static readonly #running = new Set<Service>();

  private constructor(
    child: ChildProcess,
    ready: Ready,
    lines: string[],
    environment: Readonly<Record<string, string | undefined>>,
    ground: Ground,
    ended: Promise<number | null>,
  ) {
    this.process = child;
    this.port = ready.port ?? 0;
    this.adminPort = ready.adminPort ?? 0;
    this.lines = lines;
    this.dataDir = ground.dataDir;
    this.environment = environment;
    this.#ground = ground;
    this.#ended = ended;
    Service.#running.add(this);
  }

  static async start(options: ServiceOptions = {}): Promise<Service> {
    const { environment: settings = {}, dataDir, launch = SOURCE } = options;
    const ground = await groundFor({ dataDir, settings });
    const { file, args, cwd, owner } = launch;
    const environment = {
      PATH: process.env.PATH,
      LISTEN_ADDR: '127.0.0.1',
      METRICS_ADDR: '127.0.0.1',
      SERVICE_PORT: '0',
      PACKET_METRICS_PORT: '0',
      AUTO_CREATE_ACCOUNTS: 'true',
      ...ground.environment,
      ...settings,
    };
    const child = spawn(file, args, { ...owner, cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const lines: string[] = [];
    const ready = new Promise<Ready>((resolve, reject) => {
      const fail = () => reject(new Error(`the service did not start:\n${lines.join('\n')}`));
      const timer = setTimeout(fail, START_PATIENCE);
      child.once('exit', fail);
      for (const stream of [child.stdout, child.stderr]) {
        if (stream === null) continue;
        createInterface(stream).on('line', (line) => {
          lines.push(line);
          const entry = parsed(line);
          if (entry.msg !== 'ready for players') return;
          clearTimeout(timer);
          resolve(entry);
        });
      }
    });
    const started = await ready.catch(async (error: unknown) => {
      child.kill('SIGKILL');
      await ground.release();
      throw error;
    });
    return new Service(child, started, lines, environment, ground, ended);
  }

  /** What the running ones complained of, for a test that failed. */
  static complaints(): string {
    const lines = [...Service.#running].flatMap((service) => service.lines);
    return lines
      .filter((line) => /^\{"level":"(warn|error|fatal)"/.test(line) || !line.startsWith('{'))
      .join('\n');
  }

  /** Ends what failed tests left running. */
  static async stopAll(): Promise<void> {
    for (const service of Service.#running) await service.stop('SIGKILL');
  }

  /** SIGTERM, then the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill(signal);
    const code = await this.#ended;
    if (Service.#running.delete(this)) await this.#ground.release();
    return code;
  }

  async metrics(): Promise<string> {
    return await (await fetch(`http://127.0.0.1:${this.adminPort}/metrics`)).text();
  }

  /** The sum of a metric over all label sets that contain `labels`. */
  async metric(name: string, labels = ''): Promise<number> {
    const rows = (await this.metrics())
      .split('\n')
      .filter((line) => line.startsWith(`packet_edge_${name}`) && line.includes(labels));
    return rows.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }
}

function parsed(line: string): Ready {
  try {
    return JSON.parse(line) as Ready;
  } catch {
    return {};
  }
}
