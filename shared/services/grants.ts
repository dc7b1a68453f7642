import type { TableGrants } from '../contract/index.ts';

const READ = ['read'] as const;
const WRITE = ['write'] as const;
const BOTH = ['read', 'write'] as const;

/** What the calls of the built-in services do in the tables: for the manifests of families that make them. */
export const CALLS = {
  /** `transactOnce` and `readReceipt` of the store, with which a family writes rows of its own */
  receipts: { sessions: { 'receipt#*': BOTH } },
  /** `findByName` */
  names: { characters: { 'name#*': READ } },
  /** `playable` */
  playable: { accounts: { 'characters#*': READ } },
  /** `list`, `create`, `remove`, `restore`: a character whose time of grace is over goes with all that is its own. */
  roster: {
    accounts: { 'characters#*': BOTH },
    characters: { 'name#*': BOTH, 'character#*': BOTH },
    sessions: { 'receipt#*': BOTH },
  },
  /** `settle` and `possessions`, of what characters have */
  possessions: { characters: { 'character#*': BOTH }, sessions: { 'receipt#*': BOTH } },
  /** `onGround`, and `settle` of what lies there */
  ground: { world: { 'ground#*': BOTH }, sessions: { 'receipt#*': BOTH } },
  /** `allocateObject`, `freeObject`: whoever held an id is looked at, to see whether it still does. */
  objects: {
    world: { 'map#*': BOTH, 'holder#*': BOTH },
    characters: { 'character#*': READ, 'actor/*': READ },
  },
  /** `mailbox`, `acknowledge` */
  mailbox: { characters: { 'character#*': BOTH } },
  /** All of the auth service. */
  auth: {
    accounts: { 'account#*': BOTH, 'user#*': WRITE },
    sessions: { 'session#*': BOTH, 'ticket#*': BOTH, 'failures#*': BOTH },
  },
  /** `issueTicket` */
  tickets: { sessions: { 'session#*': BOTH, 'ticket#*': BOTH } },
  /** `write` of the log of operators */
  audit: { accounts: { 'audit#*': WRITE } },
  /** `find`, `setBanned` */
  bans: {
    accounts: { 'account#*': BOTH, 'user#*': READ },
    sessions: { 'session#*': BOTH },
  },
} as const satisfies Readonly<Record<string, TableGrants>>;
