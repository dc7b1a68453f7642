import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { InvocationOutcome } from './family-measures.ts';
import type { RoutingLimits } from './limits.ts';
import type { SortedAnswer } from './sort-answer.ts';
import type { TurnRecord } from './turn.ts';

/** A turn that fails so often with no other to blame is dropped. */
const FAILURES_ALONE = 2;

/** How a failed attempt is treated. */
export interface Failure {
  readonly outcome: Exclude<InvocationOutcome, 'ok'>;
  /** Nothing ran: the very same may be sent again. */
  readonly unsent: boolean;
  /** The function certainly runs no more, so that the deadline need not be awaited. */
  readonly ended: boolean;
  readonly error: EdgeError;
}

/** Groups to try again, each as an invocation of its own, and turns to drop. */
export interface RetryPlan {
  readonly again: TurnRecord[][];
  readonly dropped: readonly TurnRecord[];
}

/** What an invocation's rejection means. Anything unknown is taken as unclear: it may have run, and may still run. */
export function classify(reason: unknown, family: string): Failure {
  const error = EdgeError.is(reason)
    ? reason
    : new EdgeError('invoke_failed', `the invoker failed: ${String(reason)}`, { family }, reason);
  const { details } = error;
  if (error.code === 'invoke_throttled') return { outcome: 'throttled', unsent: true, ended: true, error };
  if (error.code === 'invoke_timeout') return { outcome: 'timeout', unsent: false, ended: false, error };
  if (error.code === 'bad_result') return { outcome: 'bad_result', unsent: false, ended: true, error };
  const ended = details.ended === true;
  // Ended without any answer: no connection came about.
  return { outcome: 'failed', unsent: ended && details.status === null, ended, error };
}

/** A batch that failed as a whole: halved, so that a turn that is to blame is found; a turn alone gets one more attempt. */
export function planWhole(records: readonly TurnRecord[]): RetryPlan {
  const [single] = records;
  if (records.length > 1 || single === undefined) {
    const middle = Math.ceil(records.length / 2);
    return { again: [records.slice(0, middle), records.slice(middle)], dropped: [] };
  }
  return planBlamed([single]);
}

/** Turns that failed in an answer which was good for others. */
export function planPartial({ bad, missing }: SortedAnswer): RetryPlan {
  const blamed = planBlamed(bad.map(({ record }) => record));
  const [sole] = missing;
  if (missing.length === 1 && sole !== undefined) {
    const alone = planBlamed([sole]);
    return { again: [...blamed.again, ...alone.again], dropped: [...blamed.dropped, ...alone.dropped] };
  }
  return missing.length === 0 ? blamed : { again: [...blamed.again, [...missing]], dropped: blamed.dropped };
}

function planBlamed(records: readonly TurnRecord[]): RetryPlan {
  for (const record of records) record.failures += 1;
  const again = records.filter(({ failures }) => failures < FAILURES_ALONE);
  return {
    again: again.length === 0 ? [] : [again],
    dropped: records.filter(({ failures }) => failures >= FAILURES_ALONE),
  };
}

/** Milliseconds before throttle attempt `count` (from 1): doubled each time, with jitter so that ingresses do not knock together. */
export function throttleWait(count: number, limits: RoutingLimits, random: () => number): number {
  const most = Math.min(limits.throttleMost, limits.throttleFirst * 2 ** (count - 1));
  return most / 2 + (random() / 2 ** 32) * (most / 2);
}
