import type { Item, Store } from '../../../store/index.ts';
import type { Outcome } from '../../outcome.ts';
import { orDown } from '../or-down.ts';

/** One use of an operator's command. */
export interface AuditEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Key of idempotency of the message: a retry overwrites its own entry. */
  readonly step: string;
  readonly account: string;
  readonly character: string;
  /** The account's right at that time. */
  readonly right: number;
  readonly address: string;
  /** The command's name, and the whole text as it was typed. */
  readonly command: string;
  readonly text: string;
  /** `begun` when it was never said what came of it; `done`, or why not. */
  readonly outcome: string;
}

/** What operators have done: table `accounts`, pk `audit#<day>`, sk `<time>#<step>`. Nothing removes it. */
export interface AuditLog {
  write(entry: AuditEntry): Promise<Outcome<never>>;
  /** The entries of a day (`2026-01-31`, UTC), the oldest first. */
  read(request: {
    readonly day: string;
  }): Promise<Outcome<never, { readonly entries: readonly AuditEntry[] }>>;
}

/** The day of a time in UTC, as the log is divided. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function createAuditLog(store: Store): AuditLog {
  return {
    write: (entry) =>
      orDown(async () => {
        await store.put('accounts', itemOf(entry));
        return { code: 'ok' as const };
      }),
    read: ({ day }) =>
      orDown(async () => {
        const items = await store.query('accounts', { pk: `audit#${day}` });
        return { code: 'ok' as const, entries: items as unknown as readonly AuditEntry[] };
      }),
  };
}

function itemOf(entry: AuditEntry): Item {
  const sk = `${new Date(entry.at).toISOString()}#${entry.step}`;
  return { ...entry, pk: `audit#${dayOf(entry.at)}`, sk };
}
