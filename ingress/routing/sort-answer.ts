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
  const straight = inOrder(records, answer);
  if (straight !== null) return { good: straight, bad: [], missing: [], foreign: 0 };
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

/** The usual case, without a map: every turn answered well, in the order of the event. */
function inOrder(records: readonly TurnRecord[], answer: readonly CheckedTurn[]): GoodTurn[] | null {
  if (records.length !== answer.length) return null;
  const good: GoodTurn[] = [];
  for (let index = 0; index < records.length; index += 1) {
    const record = records[index];
    const turn = answer[index];
    if (record === undefined || turn === undefined || turn.turnId !== record.id) return null;
    if (!('result' in turn) || unsound(record, turn.result) !== null) return null;
    good.push({ record, result: turn.result });
  }
  return good;
}

const doubled = (record: TurnRecord): EdgeError =>
  new EdgeError('turn_missing', 'the turn is in the result twice', {
    family: record.family.name,
    turnId: record.id,
  });

/** The parts that only make sense together with the turn that was asked. */
function unsound({ family, id, taken }: TurnRecord, { failedAt, handled }: TurnResult): EdgeError | null {
  if (failedAt === undefined && handled === undefined) return null;
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
