/** Version of the layout of all tables together; a change that old code cannot read raises it. */
export const SCHEMA_VERSION = 1;

/** Key attributes of every table, both strings. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';
/** Seconds since 1970 after which an item counts as gone. The database deletes such items some time later, so readers filter. */
export const EXPIRES = 'expires';

export interface TableDefinition {
  /** What lies in it, for people and for the infrastructure. */
  readonly holds: string;
}

/** All tables. The full name is `TABLE_PREFIX` and the name here. */
export const TABLES = {
  accounts: { holds: 'Accounts with their password hashes, bans, rights and character lists.' },
  characters: { holds: 'Characters and actors with their sections, inventories, names, mailboxes.' },
  sessions: {
    holds:
      'Sessions, tickets, failure counters, heartbeats of the ingress processes, receipts: short-lived items.',
  },
  world: { holds: 'Object ids in use, ground items, groups, and the schema version.' },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** Prefix of all table names when `TABLE_PREFIX` is not set. */
export const DEFAULT_TABLE_PREFIX = 'packet-edge-';
