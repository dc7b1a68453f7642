import type { TurnEvent, TurnResult } from '../../shared/contract/index.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Channel } from './channel.ts';
import type { Lane } from './lane.ts';
import type { CheckedTurn, RoutingParts } from './parts.ts';
import { classify, type Failure, planPartial, planWhole, type RetryPlan } from './retry.ts';
import { type SortedAnswer, sortAnswer } from './sort-answer.ts';
import { timeLimits } from './time-limits.ts';
import type { TurnRecord } from './turn.ts';

/** Where turns go when they are done with, one way or the other. */
export interface TurnSink {
  apply(record: TurnRecord, result: TurnResult): void;
  /** Given up: answered with its failure replies, and counted. */
  drop(record: TurnRecord, code: ErrorCode): void;
  /** Answered wrongly again and again: its messages are tried one by one. */
  takeApart(record: TurnRecord): void;
  /** Stood in line for nothing: to be looked at again. */
  advance(channel: Channel): void;
}

/** Tries groups of turns again after `wait` milliseconds, each group as an invocation of its own. */
export type Repeat = (lane: Lane, groups: readonly TurnRecord[][], wait: number) => void;

/** Decides what becomes of the turns of an attempt that has ended. */
export class Outcomes {
  readonly #parts: RoutingParts;
  readonly #sink: TurnSink;
  readonly #repeat: Repeat;

  constructor(parts: RoutingParts, sink: TurnSink, repeat: Repeat) {
    this.#parts = parts;
    this.#sink = sink;
    this.#repeat = repeat;
  }

  answered(lane: Lane, records: readonly TurnRecord[], raw: unknown, event: TurnEvent): void {
    let answer: readonly CheckedTurn[];
    try {
      answer = this.#parts.check(raw, event);
    } catch (error) {
      this.failed(
        lane,
        records,
        { ...classify(error, event.family), outcome: 'bad_result', unsent: false, ended: true },
        0,
      );
      return;
    }
    const sorted = sortAnswer(records, answer);
    if (sorted.good.length < records.length || sorted.foreign > 0) this.#complain(event.family, sorted);
    if (sorted.good.length === 0) {
      const error =
        sorted.bad[0]?.error ??
        new EdgeError('turn_missing', 'the result has no turns', { family: event.family });
      this.failed(lane, records, { outcome: 'bad_result', unsent: false, ended: true, error }, 0);
      return;
    }
    lane.measures.ended('ok');
    lane.grow();
    for (const { record, result } of sorted.good) this.#sink.apply(record, result);
    if (sorted.good.length < records.length)
      this.#carryOut(lane, planPartial(sorted), this.#parts.limits.throttleFirst, true);
  }

  /** The attempt as a whole came to nothing; one of which nothing ran was repeated long enough. `started` is when it began, on the monotonic clock. */
  failed(lane: Lane, records: readonly TurnRecord[], failure: Failure, started: number): void {
    const { clock, limits, log } = this.#parts;
    const { outcome, unsent, ended, error } = failure;
    const [first] = records;
    if (first === undefined) return;
    const family = first.family;
    lane.measures.ended(outcome);
    log.warn(
      {
        code: error.code,
        family: family.name,
        turns: records.length,
        attempt: first.turn.attempt,
        err: error,
      },
      'invocation failed',
    );
    if (unsent) {
      for (const record of records)
        this.#sink.drop(record, outcome === 'throttled' ? 'invoke_throttled' : 'invoke_failed');
      return;
    }
    if (records.length > 1) lane.shrink();
    const left = started + timeLimits(family.manifest.timeout).deadline - clock.monotonic();
    const wait = ended ? limits.throttleFirst : Math.max(0, left);
    this.#carryOut(lane, planWhole(records), wait, outcome === 'bad_result');
  }

  /** `answered`: the function ran and answered wrongly, so that its messages can be tried one by one without waiting for any. */
  #carryOut(lane: Lane, plan: RetryPlan, wait: number, answered: boolean): void {
    if (plan.again.length > 0) this.#repeat(lane, plan.again, wait);
    for (const record of plan.dropped) {
      if (answered && record.taken.length > 1) this.#sink.takeApart(record);
      else this.#sink.drop(record, 'turn_failed');
    }
  }

  #complain(family: string, { bad, missing, foreign }: SortedAnswer): void {
    const { log, meter } = this.#parts;
    for (const { record, error } of bad) {
      meter.count('drops_total', { what: 'answer', reason: error.code });
      log.warn(
        { code: error.code, family, turnId: record.id, connection: record.channel.connection.id, err: error },
        'bad turn in a result',
      );
    }
    if (missing.length + foreign === 0) return;
    meter.count('drops_total', { what: 'answer', reason: 'turn_missing' }, missing.length + foreign);
    log.warn(
      { code: 'turn_missing', family, missing: missing.length, foreign },
      'the turns of a result are not those that were asked',
    );
  }
}
