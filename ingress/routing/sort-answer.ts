import type { TurnResult } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { CheckedTurn } from './parts.ts';
import type { TurnRecord } from './turn.ts';

export interface GoodTurn {
  readonly record: TurnRecord;
  readonly result: TurnResult;
}

export interface FailedTurn {
  readonly record: TurnRecord;
  readonly error: EdgeError;
}

/** What an answer says of each turn that was asked. */
export interface SortedAnswer {
  readonly good: readonly GoodTurn[];
  /** Answered wrongly: each has only itself to blame. */
  readonly bad: readonly FailedTurn[];
  /** Not answered at all: perhaps for want of time, which the others used up. */
  readonly missing: readonly TurnRecord[];
  /** Answers that nobody asked for. */
  readonly foreign: number;
}

/** Matches the turns of an answer with those of the event. Doubled turns count as bad: which of the two is meant is unknown. */
export function sortAnswer(records: readonly TurnRecord[], answer: readonly CheckedTurn[]): SortedAnswer {
  const single = records.length === 1 ? records[0] : undefined;
  const only = answer.length === 1 ? answer[0] : undefined;
  if (single !== undefined && only !== undefined && only.turnId === single.id && 'result' in only) {
    const error = unsound(single, only.result);
    return error === null
      ? { good: [{ record: single, result: only.result }], bad: [], missing: [], foreign: 0 }
      : { good: [], bad: [{ record: single, error }], missing: [], foreign: 0 };
  }
  const open = new Map(records.map((record) => [record.id, record]));
  const asked = new Map(open);
  const good = new Map<string, GoodTurn>();
  const bad = new Map<string, FailedTurn>();
  let foreign = 0;
  for (const turn of answer) {
    const record = turn.turnId === null ? undefined : asked.get(turn.turnId);
    if (record === undefined) {
      foreign += 1;
      continue;
    }
    const error = open.delete(record.id)
      ? 'result' in turn
        ? unsound(record, turn.result)
        : turn.error
      : doubled(record);
    if (error !== null) {
      good.delete(record.id);
      bad.set(record.id, { record, error });
    } else if ('result' in turn) {
      good.set(record.id, { record, result: turn.result });
    }
  }
  return { good: [...good.values()], bad: [...bad.values()], missing: [...open.values()], foreign };
}

const doubled = (record: TurnRecord): EdgeError =>
  new EdgeError('turn_missing', 'the turn is in the result twice', {
    family: record.family.name,
    turnId: record.id,
  });

/** The parts that only make sense together with the turn that was asked. */
function unsound({ family, id, taken }: TurnRecord, { failedAt, handled }: TurnResult): EdgeError | null {
  const details = { family: family.name, turnId: id };
  if (failedAt !== undefined && !(Number.isInteger(failedAt) && failedAt >= 0 && failedAt < taken.length)) {
    return new EdgeError(
      'bad_result',
      `failedAt is ${failedAt}, the turn has ${taken.length} messages`,
      details,
    );
  }
  // A turn of which nothing ran would be dispatched again for ever.
  if (handled !== undefined && !(Number.isInteger(handled) && handled >= 1 && handled <= taken.length)) {
    return new EdgeError(
      'bad_result',
      `handled is ${handled}, the turn has ${taken.length} messages`,
      details,
    );
  }
  if (failedAt !== undefined && handled !== undefined) {
    return new EdgeError('bad_result', 'failedAt and handled exclude each other', details);
  }
  return null;
}
