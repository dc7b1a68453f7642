import { ingressEnvironment } from '../../../tools/localstack/environment.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { Ground, GroundOptions } from '../../support/ground.ts';
import { namesOfWorker } from './copy.ts';
import { giveSettings } from './function-settings.ts';
import { emptyTables, openTables } from './tables.ts';

/** Functions and tables at LocalStack that the tests of this worker have for themselves. */
export const names = namesOfWorker(Number(process.env.VITEST_POOL_ID));
const environment = ingressEnvironment(names);

/** The tables with nothing in them. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const store = openTables(names);
  await emptyTables(store);
  return { environment, store, stop: async () => store.close() };
}

/** For one service at a time, or for several that share a database and have the same settings. */
export async function deployedGround({ dataDir, settings }: GroundOptions): Promise<Ground> {
  if (dataDir === undefined && settings.DYNAMODB_ENDPOINT === undefined) await (await emptyDatabase()).stop();
  const asked = Object.entries(settings).filter(([name]) => !Object.hasOwn(environment, name));
  const release = await giveSettings(names, Object.fromEntries(asked));
  return { environment, dataDir: dataDir ?? names.stage, release };
}
