import { EdgeError } from '../errors/edge-error.ts';
import { absent, equals } from './condition.ts';
import type { Store } from './store.ts';
import { SCHEMA_VERSION } from './tables.ts';

/** One step from a layout to the next. */
export interface Migration {
  /** The version that the data has afterwards. */
  readonly to: number;
  /** May run again after it was cut off, and beside another process that runs it: it changes only what is still of the old layout. */
  run(store: Store): Promise<void>;
}

/** All steps, in order. The first layout needs none. */
export const MIGRATIONS: readonly Migration[] = [];

/** Where the version of the layout lies in the table `world`. */
const KEY = { pk: 'schema', sk: 'version' };

/**
 * Brings the stored data to the layout of this code; new tables are marked with it. Resolves with the version found before.
 * Throws `schema_newer` when the data was written by newer code.
 */
export async function migrate(
  store: Store,
  migrations: readonly Migration[] = MIGRATIONS,
  wanted: number = SCHEMA_VERSION,
): Promise<number> {
  const found = await versionOf(store, wanted);
  if (found > wanted) {
    const facts = { found, wanted };
    throw new EdgeError('schema_newer', `the data has layout ${found}, this service knows ${wanted}`, facts);
  }
  for (const migration of migrations) {
    if (migration.to <= found || migration.to > wanted) continue;
    await migration.run(store);
    // Another process may have come first: then the version has moved on already, and that is all right.
    await store.update('world', KEY, { set: { version: migration.to } }, equals('version', migration.to - 1));
  }
  return found;
}

async function versionOf(store: Store, wanted: number): Promise<number> {
  const fresh = { ...KEY, version: wanted };
  const outcome = await store.put('world', fresh, absent(store.surroundings.now()));
  const version = outcome.kind === 'done' ? wanted : outcome.current?.version;
  return typeof version === 'number' ? version : wanted;
}
