import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { DATA_FILE, startEngine } from '../../ingress/state/engine/index.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { createTables, openStore, type Store, type StoreOptions } from '../../shared/store/index.ts';

/**
 * Runs `work` on the data that the service with the same settings uses: a DynamoDB where one is set, the engine of a running
 * service where there is one, otherwise the embedded engine for as long as the work takes.
 */
export async function withData<T>(
  work: (store: Store) => Promise<T>,
  options: StoreOptions = {},
): Promise<T> {
  const settings = readSettings(process.env, [
    'STATE',
    'DYNAMODB_ENDPOINT',
    'AWS_REGION',
    'TABLE_PREFIX',
    'DATA_DIR',
  ]);
  const environment = { AWS_REGION: settings.AWS_REGION, TABLE_PREFIX: settings.TABLE_PREFIX };
  const use = async (endpoint: string | null) => {
    const store = openStore(
      endpoint === null ? environment : { ...environment, DYNAMODB_ENDPOINT: endpoint },
      options,
    );
    try {
      return await work(store);
    } finally {
      store.close();
    }
  };
  if (settings.STATE === 'dynamodb' || settings.DYNAMODB_ENDPOINT !== null)
    return await use(settings.DYNAMODB_ENDPOINT);
  const running = runningEngine(settings.DATA_DIR);
  if (running !== null) return await use(running);
  const engine = await startEngine({ dataDir: settings.DATA_DIR, log: pino({ level: 'silent' }) });
  try {
    const store = openStore({ ...environment, DYNAMODB_ENDPOINT: engine.endpoint });
    await createTables(store);
    store.close();
    return await use(engine.endpoint);
  } finally {
    await engine.stop();
  }
}

/** The endpoint of the engine that a running service keeps on this data, told by the engine's own command line. */
function runningEngine(dataDir: string): string | null {
  try {
    const pid = readFileSync(join(dataDir, 'engine.pid'), 'utf8').trim();
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const port = words[words.indexOf('--port') + 1];
    return words.includes(resolve(dataDir, DATA_FILE)) && port !== undefined
      ? `http://127.0.0.1:${port}`
      : null;
  } catch {
    return null;
  }
}
