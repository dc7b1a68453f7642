export type TableAccess = 'read' | 'write';

/**
 * What a family does in the tables: by table, and by partition key, its accesses. A key that ends with `*` means all that begin so;
 * `*` alone is the whole table. `read` is to get, to query and to check in a transaction; `write` to put, to change and to delete.
 */
export type TableGrants = Readonly<Record<string, Readonly<Record<string, readonly TableAccess[]>>>>;

/** Forms of a key in `TableGrants`: a star stands at the end only, and nothing in it means something to a policy of AWS. */
export const KEY_PATTERN = /^[^*?$]*\*?$/;

/** Whether a key of `TableGrants` covers a partition key. */
export function coversKey(pattern: string, pk: string): boolean {
  return pattern.endsWith('*') ? pk.startsWith(pattern.slice(0, -1)) : pk === pattern;
}

/** Keys of one table that may be accessed so. */
export function keysWith(table: TableGrants[string] | undefined, access: TableAccess): string[] {
  return Object.entries(table ?? {}).flatMap(([key, kinds]) => (kinds.includes(access) ? [key] : []));
}

/** All grants of all parts together. */
export function grantsOf(...parts: readonly TableGrants[]): TableGrants {
  const all: Record<string, Record<string, readonly TableAccess[]>> = {};
  for (const part of parts) {
    for (const [table, keys] of Object.entries(part)) {
      all[table] ??= {};
      const merged = all[table];
      for (const [key, kinds] of Object.entries(keys)) merged[key] = union(merged[key] ?? [], kinds);
    }
  }
  return all;
}

function union(one: readonly TableAccess[], other: readonly TableAccess[]): readonly TableAccess[] {
  return (['read', 'write'] as const).filter((kind) => one.includes(kind) || other.includes(kind));
}
