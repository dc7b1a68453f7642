import { openStore, type Store, TABLE_NAMES } from '../../../shared/store/index.ts';
import { ingressEnvironment } from '../../../tools/localstack/environment.ts';
import type { TestDatabase } from '../../support/database.ts';

/** Deletions under way at a time. */
const AT_ONCE = 32;

/** The deployed tables with nothing in them. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const environment = ingressEnvironment();
  const { DYNAMODB_ENDPOINT, AWS_REGION, TABLE_PREFIX } = environment;
  // Keys are for processes of their own: here the client makes up its own.
  const store = openStore({ DYNAMODB_ENDPOINT, AWS_REGION, TABLE_PREFIX });
  await emptyTables(store);
  return { environment, store, stop: async () => store.close() };
}

async function emptyTables(store: Store): Promise<void> {
  for (const table of TABLE_NAMES) {
    const keys = [];
    for await (const { pk, sk } of store.scan(table)) keys.push({ pk, sk });
    while (keys.length > 0) await Promise.all(keys.splice(0, AT_ONCE).map((key) => store.remove(table, key)));
  }
}
