import { openClient, type StoreEnvironment } from './client.ts';
import { DEFAULT_PATIENCE, type Patience } from './persevere.ts';
import { type Access, getItem, getItems, queryItems, scanItems } from './reads.ts';
import type { Store } from './store.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';
import { DEFAULT_TABLE_PREFIX } from './tables.ts';
import { deleteItem, putItem, transactItems, updateItem } from './writes.ts';

export interface StoreOptions {
  readonly surroundings?: Surroundings;
  readonly patience?: Patience;
  /** Milliseconds after which a request without answer counts as unclear; 3 s unless said otherwise. */
  readonly requestTimeout?: number;
}

/** Opens the store by `DYNAMODB_ENDPOINT`, `AWS_REGION` and `TABLE_PREFIX`. Asks the database nothing yet. */
export function openStore(environment: StoreEnvironment, options: StoreOptions = {}): Store {
  const client = openClient(environment, options.requestTimeout);
  const surroundings = options.surroundings ?? realSurroundings;
  const access: Access = { client, surroundings, patience: options.patience ?? DEFAULT_PATIENCE };
  const prefix = environment.TABLE_PREFIX ?? DEFAULT_TABLE_PREFIX;
  const name = (table: string) => prefix + table;
  return {
    client,
    surroundings,
    tableName: name,
    get: (table, key) => getItem(access, name(table), key),
    getMany: (table, keys) => getItems(access, name(table), keys),
    query: (table, request) => queryItems(access, name(table), request),
    scan: (table) => scanItems(access, name(table)),
    put: (table, item, when) => putItem(access, name(table), { kind: 'put', table, item, ...given(when) }),
    update: (table, key, changes, when) =>
      updateItem(access, name(table), { kind: 'update', table, key, ...changes, ...given(when) }),
    remove: (table, key, when) =>
      deleteItem(access, name(table), { kind: 'delete', table, key, ...given(when) }),
    transact: (writes) => transactItems(access, name, writes),
    close: () => client.destroy(),
  };
}

function given<T>(when: T | undefined): { when?: T } {
  return when === undefined ? {} : { when };
}
