import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../ingress/operations/log.ts';
import { type Engine, startEngine } from '../../ingress/state/engine/index.ts';
import { createTables, openStore, type Store, type StoreOptions } from '../../shared/store/index.ts';

export interface TestEngine {
  /** `DYNAMODB_ENDPOINT` and the like, for a store or a service of one's own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly store: Store;
  /** The supervised engine, for tests that kill it. */
  readonly engine: Engine;
  /** Its data directory; gone after `stop`. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** A real, empty database of this test's own, with all tables. */
export async function startTestEngine(options: StoreOptions = {}): Promise<TestEngine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'packet-edge-'));
  const engine = await startEngine({ dataDir, log: silentLog });
  const environment = { DYNAMODB_ENDPOINT: engine.endpoint, AWS_REGION: 'us-east-1' };
  const store = openStore(environment, options);
  await createTables(store);
  return {
    environment,
    store,
    engine,
    dataDir,
    async stop() {
      store.close();
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A log that keeps nothing. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};
