import { coversKey, keysWith, type TableAccess, type TableGrants } from '../contract/grants.ts';
import { EdgeError } from '../errors/edge-error.ts';
import type { Store } from './store.ts';
import type { Write } from './write.ts';

/**
 * The store as far as a family's manifest lets it go. What its policy on AWS would refuse is refused here too, wherever it runs: every
 * method rejects with EdgeError `not_granted`, before the database is asked, when it touches a key that `grants` do not cover.
 */
export function granted(store: Store, grants: TableGrants): Store {
  const need = grantCheck(grants);
  return {
    client: store.client,
    surroundings: store.surroundings,
    tableName: (table) => store.tableName(table),
    get: async (table, key) => {
      need(table, 'read', key.pk);
      return store.get(table, key);
    },
    getMany: async (table, keys) => {
      for (const { pk } of keys) need(table, 'read', pk);
      return store.getMany(table, keys);
    },
    query: async (table, request) => {
      need(table, 'read', request.pk);
      return store.query(table, request);
    },
    scan: (table) => {
      throw refusal(table, 'listing', 'the whole table');
    },
    put: async (table, item, when) => {
      need(table, 'write', item.pk);
      return store.put(table, item, when);
    },
    update: async (table, key, changes, when) => {
      need(table, 'write', key.pk);
      return store.update(table, key, changes, when);
    },
    remove: async (table, key, when) => {
      need(table, 'write', key.pk);
      return store.remove(table, key, when);
    },
    transact: async (writes) => {
      for (const write of writes) need(write.table, accessOf(write), pkOf(write));
      return store.transact(writes);
    },
    close: () => store.close(),
  };
}

/** Throws `not_granted` unless the grants cover that access to that key. */
function grantCheck(grants: TableGrants) {
  const patterns = new Map(
    Object.entries(grants).map(([table, keys]) => [
      table,
      { read: keysWith(keys, 'read'), write: keysWith(keys, 'write') },
    ]),
  );
  return (table: string, access: TableAccess, pk: string): void => {
    const covered = patterns.get(table)?.[access].some((pattern) => coversKey(pattern, pk)) ?? false;
    if (!covered) throw refusal(table, access, pk);
  };
}

function accessOf(write: Write): TableAccess {
  return write.kind === 'check' ? 'read' : 'write';
}

function pkOf(write: Write): string {
  return write.kind === 'put' ? write.item.pk : write.key.pk;
}

function refusal(table: string, access: string, pk: string): EdgeError {
  const facts = { table, access, pk };
  return new EdgeError('not_granted', `the manifest's tables grant no ${access} of ${pk} in ${table}`, facts);
}
