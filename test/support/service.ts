import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ServiceOptions {
  /** Kept between runs when given; otherwise a fresh folder that is removed at the end. */
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
  readonly process: ChildProcess;
  /** Every log line so far. */
  readonly lines: readonly string[];
  readonly #ownsData: boolean;
  readonly #ended: Promise<number | null>;

  private constructor(
    child: ChildProcess,
    ready: Ready,
    lines: string[],
    dataDir: string,
    ownsData: boolean,
    ended: Promise<number | null>,
  ) {
    this.process = child;
    this.port = ready.port ?? 0;
    this.adminPort = ready.adminPort ?? 0;
    this.lines = lines;
    this.dataDir = dataDir;
    this.#ownsData = ownsData;
    this.#ended = ended;
  }

  static async start(options: ServiceOptions = {}): Promise<Service> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'packet-edge-service-')));
    const { file, args, cwd, owner } = options.launch ?? SOURCE;
    const child = spawn(file, args, {
      ...owner,
      cwd,
      env: {
        PATH: process.env.PATH,
        LISTEN_ADDR: '127.0.0.1',
        METRICS_ADDR: '127.0.0.1',
        SERVICE_PORT: '0',
        PACKET_METRICS_PORT: '0',
        DATA_DIR: dataDir,
        AUTO_CREATE_ACCOUNTS: 'true',
        ...options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
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
    return new Service(child, await ready, lines, dataDir, options.dataDir === undefined, ended);
  }

  /** SIGTERM, then the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill(signal);
    const code = await this.#ended;
    if (this.#ownsData)
      await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
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
