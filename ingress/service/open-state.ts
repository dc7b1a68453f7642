import type { Settings } from '../../shared/config/read-settings.ts';
import {
  createTables,
  migrate,
  openStore,
  type Store,
  type StoreEnvironment,
} from '../../shared/store/index.ts';
import type { Log } from '../operations/log.ts';
import { systemClock } from '../ports/clock.ts';
import { INGRESS_PATIENCE, startEngine, startSweeper } from '../state/index.ts';

/** The database of this service, whichever it is. */
export interface OpenState {
  readonly store: Store;
  /** What the families' services need to reach the same database. */
  readonly environment: StoreEnvironment;
  /** Ends an embedded engine. Call it last. */
  close(): Promise<void>;
}

type Wanted = Settings<'STATE' | 'DYNAMODB_ENDPOINT' | 'AWS_REGION' | 'TABLE_PREFIX' | 'DATA_DIR'>;

/**
 * Opens DynamoDB (of AWS, or at DYNAMODB_ENDPOINT), or starts the embedded engine and makes its tables.
 * @throws EdgeError engine_missing, data_dir_locked, database_down
 */
export async function openState(settings: Wanted, log: Log): Promise<OpenState> {
  const common = { AWS_REGION: settings.AWS_REGION, TABLE_PREFIX: settings.TABLE_PREFIX };
  if (settings.DYNAMODB_ENDPOINT !== null || settings.STATE === 'dynamodb') {
    const endpoint = settings.DYNAMODB_ENDPOINT;
    const environment = endpoint === null ? common : { ...common, DYNAMODB_ENDPOINT: endpoint };
    const store = openStore(environment, { patience: INGRESS_PATIENCE });
    await migrate(store);
    return { store, environment, close: async () => store.close() };
  }
  const engine = await startEngine({ dataDir: settings.DATA_DIR, log });
  const environment = { ...common, DYNAMODB_ENDPOINT: engine.endpoint };
  const store = openStore(environment, { patience: INGRESS_PATIENCE });
  await createTables(store);
  const stopSweeper = startSweeper({ store, log, clock: systemClock });
  return {
    store,
    environment,
    async close() {
      await stopSweeper();
      store.close();
      await engine.stop();
    },
  };
}
