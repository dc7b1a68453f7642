import type { Json, JsonObject } from '../../../contract/index.ts';
import { holdingsOf, imbalance } from '../../../economy/holdings.ts';
import { malformed } from '../../../economy/well-formed.ts';
import { type ReceiptKey, readReceipt, type Store, transactOnce } from '../../../store/index.ts';
import type { SettleOutcome, SettleRequest } from '../../economy.ts';
import { readBefore } from './before.ts';
import { fences, goodsAfter, writeOf } from './writes.ts';

/** Sort key of the receipts of settlements. */
const STEP = 'settlement';

/** Reads what the entities hold, checks the books, and writes everything in one transaction with the receipt. */
export async function settle(store: Store, request: SettleRequest): Promise<SettleOutcome> {
  const { parts, minted = [], burned = [], note = null, now, step } = request;
  const wrong = malformed(request);
  if (wrong !== null) return { code: 'unbalanced', problem: wrong };
  const before = await readBefore(store, parts);
  // An earlier run of this very step may be what changed the entities.
  if (before === 'stale') return (await earlierRun(store, step)) ?? { code: 'stale' };
  const problem = imbalance(
    holdingsOf(...before, ...minted),
    holdingsOf(...parts.map(goodsAfter), ...burned),
  );
  if (problem !== null) return { code: 'unbalanced', problem };

  const checks = fences(parts);
  const writes = parts.map((part, index) => writeOf(part, now, mailId(now, step, index)));
  const ledger = { note, minted, burned } as unknown as JsonObject;
  const outcome = await transactOnce(store, keyOf(step), [...checks, ...writes], ledger);
  if (outcome.kind === 'done') return { code: 'ok', repeated: false, note };
  if (outcome.kind === 'repeated') return { code: 'ok', repeated: true, note: noteOf(outcome.outcome) };
  const fenced = outcome.failed.some(({ index }) => index < checks.length);
  return { code: fenced ? 'fenced' : 'stale' };
}

/** What an earlier run of a step left, null when there was none. */
export async function receiptOf(store: Store, step: string): Promise<{ readonly note: Json } | null> {
  const receipt = await readReceipt(store, keyOf(step));
  return receipt === null ? null : { note: noteOf(receipt.outcome) };
}

async function earlierRun(store: Store, step: string): Promise<SettleOutcome | null> {
  const receipt = await receiptOf(store, step);
  return receipt === null ? null : { code: 'ok', repeated: true, note: receipt.note };
}

function keyOf(step: string): ReceiptKey {
  return { turnId: step, step: STEP };
}

function noteOf(outcome: Json): Json {
  return (outcome as JsonObject).note ?? null;
}

/** Sorts by time; of one settlement by order. */
function mailId(now: number, step: string, index: number): string {
  return `${String(now).padStart(15, '0')}#${step}#${index}`;
}
