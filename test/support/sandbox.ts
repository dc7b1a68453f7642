import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SandboxAnswer, SandboxRequest } from './sandbox-messages.ts';

/** One warm Lambda environment for a function: begun at its first request, begun anew after a time-out or a crash. */
export class Sandbox {
  readonly #entry: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #open = new Map<number, (answer: SandboxAnswer) => void>();
  #worker: Worker | undefined;
  #requests = 0;
  /** Environments begun so far. */
  coldStarts = 0;
  /** Everything that the function printed. */
  output = '';

  constructor(entry: string, environment: NodeJS.ProcessEnv) {
    this.#entry = pathToFileURL(entry).href;
    this.#environment = environment;
  }

  /** Runs the handler once. After `timeout` milliseconds the environment is ended, as Lambda does it. */
  run(payload: string, timeout: number): Promise<SandboxAnswer> {
    this.#requests += 1;
    const id = this.#requests;
    this.#worker ??= this.#begin();
    const worker = this.#worker;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#end(`Task timed out after ${(timeout / 1000).toFixed(2)} seconds`);
      }, timeout);
      this.#open.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      worker.postMessage({ id, payload } satisfies SandboxRequest);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#end('the environment was shut down');
    await worker?.terminate();
  }

  #begin(): Worker {
    this.coldStarts += 1;
    const worker = new Worker(new URL('./lambda-sandbox.ts', import.meta.url), {
      workerData: { entry: this.#entry, version: '1' },
      env: this.#environment,
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    const keep = (chunk: Buffer): void => {
      this.output += chunk.toString('utf8');
    };
    worker.stdout.on('data', keep);
    worker.stderr.on('data', keep);
    worker.on('message', (answer: SandboxAnswer) => {
      this.#open.get(answer.id)?.(answer);
      this.#open.delete(answer.id);
    });
    worker.on('error', (error) => {
      if (this.#worker === worker)
        this.#end(`RequestId: Error: ${error instanceof Error ? error.message : String(error)}`);
    });
    worker.unref();
    return worker;
  }

  #end(errorMessage: string): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    const payload = JSON.stringify({ errorType: 'Sandbox.Ended', errorMessage });
    for (const [id, answer] of this.#open) answer({ id, payload, failed: true });
    this.#open.clear();
  }
}
