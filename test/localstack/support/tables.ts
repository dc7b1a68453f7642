import type { Names } from '../../../infra/names.ts';
import { openStore, type Store, TABLE_NAMES } from '../../../shared/store/index.ts';
import { ENDPOINT, REGION } from '../../../tools/localstack/endpoint.ts';

/** Deletions under way at a time. */
const AT_ONCE = 32;

export const openTables = ({ tablePrefix }: Names): Store =>
  openStore({ DYNAMODB_ENDPOINT: ENDPOINT, AWS_REGION: REGION, TABLE_PREFIX: tablePrefix });

/** Deletes whatever lies in the tables. */
export async function emptyTables(store: Store): Promise<void> {
  for (const table of TABLE_NAMES) {
    const keys = [];
    for await (const { pk, sk } of store.scan(table)) keys.push({ pk, sk });
    while (keys.length > 0) await Promise.all(keys.splice(0, AT_ONCE).map((key) => store.remove(table, key)));
  }
}
