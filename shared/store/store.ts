import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Condition } from './condition.ts';
import type { Item, Key } from './item.ts';
import type { Surroundings } from './surroundings.ts';
import type { TableName } from './tables.ts';
import type { Changes, Write } from './write.ts';

/** What became of one write. `refused`: its condition did not hold; `current` is the item that stood there (null: none). */
export type WriteOutcome = { readonly kind: 'done' } | Refused;
export type UpdateOutcome = { readonly kind: 'done'; readonly item: Item } | Refused;
export interface Refused {
  readonly kind: 'refused';
  readonly current: Item | null;
}

/** What became of a transaction. `failed`: the writes, by index, whose condition did not hold; nothing was written. */
export type TransactOutcome = { readonly kind: 'done' } | TransactRefused;
export interface TransactRefused {
  readonly kind: 'refused';
  readonly failed: readonly { readonly index: number; readonly current: Item | null }[];
}

export interface QueryRequest {
  readonly pk: string;
  /** Only sort keys that begin so. */
  readonly prefix?: string;
  readonly descending?: boolean;
  /** At most so many items; all when absent. */
  readonly limit?: number;
}

/**
 * The database in plain JSON. Reads are strongly consistent and leave out items whose time is over. Every method tries again by
 * itself while that can help, and throws EdgeError `database_down`, `database_refused` or `conflict` when it gives up. A write
 * that arrived although its answer was lost counts as done, never as refused and never twice.
 */
export interface Store {
  readonly client: DynamoDBClient;
  readonly surroundings: Surroundings;
  tableName(table: string): string;
  get(table: TableName, key: Key): Promise<Item | null>;
  /** In the order of the keys; null where there is none. */
  getMany(table: TableName, keys: readonly Key[]): Promise<(Item | null)[]>;
  query(table: TableName, request: QueryRequest): Promise<Item[]>;
  /** Every item of a table, page by page: for administration, not for the way of a packet. */
  scan(table: TableName): AsyncIterable<Item>;
  put(table: TableName, item: Item, when?: Condition): Promise<WriteOutcome>;
  /** Makes the item when it is missing, unless the condition forbids. Resolves with the whole new item. */
  update(table: TableName, key: Key, changes: Changes, when?: Condition): Promise<UpdateOutcome>;
  remove(table: TableName, key: Key, when?: Condition): Promise<WriteOutcome>;
  /** All or nothing, at most 100 writes, each to another item. */
  transact(writes: readonly Write[]): Promise<TransactOutcome>;
  close(): void;
}
