import type { Json } from '../contract/index.ts';
import { absent } from './condition.ts';
import { expiresAfter, type Key } from './item.ts';
import type { Store, TransactRefused } from './store.ts';
import type { Write } from './write.ts';

/** Milliseconds for which a receipt is kept: longer than any retry of its turn. */
const KEPT = 24 * 60 * 60 * 1000;

/** One economic step of one turn; a turn that has several numbers or names them. */
export interface ReceiptKey {
  readonly turnId: string;
  readonly step: string;
}

export type OnceOutcome =
  /** Carried out now. */
  | { readonly kind: 'done'; readonly outcome: Json }
  /** Carried out by an earlier run of the same turn: nothing was written now, and this is what came of it then. */
  | { readonly kind: 'repeated'; readonly outcome: Json }
  /** Conditions did not hold, nothing was written. Indexes are those of `writes`. */
  | TransactRefused;

function keyOf(receipt: ReceiptKey): Key {
  return { pk: `receipt#${receipt.turnId}`, sk: receipt.step };
}

/**
 * What an earlier run of this turn brought about, or null. A handler asks before it judges anything by the present state of the
 * world, which its earlier run may have changed already.
 */
export async function readReceipt(
  store: Store,
  receipt: ReceiptKey,
): Promise<{ readonly outcome: Json } | null> {
  const item = await store.get('sessions', keyOf(receipt));
  return item === null ? null : { outcome: item.outcome ?? null };
}

/** A transaction that happens once per (turn, step) however often its turn runs: the receipt is written with it. */
export async function transactOnce(
  store: Store,
  receipt: ReceiptKey,
  writes: readonly Write[],
  outcome: Json,
): Promise<OnceOutcome> {
  const now = store.surroundings.now();
  const item = { ...keyOf(receipt), outcome, expires: expiresAfter(now, KEPT) };
  const proof: Write = { kind: 'put', table: 'sessions', item, when: absent(now) };
  const result = await store.transact([proof, ...writes]);
  if (result.kind === 'done') return { kind: 'done', outcome };
  // An engine may report only the first failure that it met: the receipt itself decides, not what was reported.
  const reported = result.failed.find(({ index }) => index === 0)?.current;
  const earlier = reported ?? (await store.get('sessions', keyOf(receipt)));
  if (earlier !== null) return { kind: 'repeated', outcome: earlier.outcome ?? null };
  return {
    kind: 'refused',
    failed: result.failed.map(({ index, current }) => ({ index: index - 1, current })),
  };
}
