import type { Meter } from '../operations/meter.ts';

export type InvocationOutcome = 'ok' | 'throttled' | 'failed' | 'timeout' | 'bad_result';

/** Reasons of one family that are told apart. */
const MOST_REASONS = 64;

/** The metrics of one family, bound once. */
export class FamilyMeasures {
  readonly processing: (seconds: number) => void;
  readonly queueDelay: (seconds: number) => void;
  readonly invocation: (seconds: number) => void;
  readonly batch: (turns: number) => void;
  readonly #outcomes: Readonly<Record<InvocationOutcome, (by: number) => void>>;
  readonly #meter: Meter;
  readonly #family: string;
  readonly #reasons = new Set<string>();
  #inFlight = 0;

  constructor(meter: Meter, family: string) {
    const outcome = (name: InvocationOutcome): ((by: number) => void) =>
      meter.counter('invocations_total', { family, outcome: name });
    this.processing = meter.histogram('processing_seconds', { family });
    this.queueDelay = meter.histogram('queue_delay_seconds', { family });
    this.invocation = meter.histogram('invocation_seconds', { family });
    this.batch = meter.histogram('batch_size', { family });
    this.#outcomes = {
      ok: outcome('ok'),
      throttled: outcome('throttled'),
      failed: outcome('failed'),
      timeout: outcome('timeout'),
      bad_result: outcome('bad_result'),
    };
    this.#meter = meter;
    this.#family = family;
  }

  ended(outcome: InvocationOutcome): void {
    this.#outcomes[outcome](1);
  }

  inFlight(change: 1 | -1): void {
    this.#inFlight += change;
    this.#meter.gauge('invocations_in_flight', { family: this.#family }, this.#inFlight);
  }

  refused(reason: string): void {
    this.#meter.count('refusals_total', { family: this.#family, reason: this.#label(reason) });
  }

  /** Reasons come from foreign code and become labels, which are kept for ever: anything long or odd is one label, and so are too many. */
  #label(reason: string): string {
    if (this.#reasons.has(reason)) return reason;
    if (this.#reasons.size >= MOST_REASONS || !/^[a-z0-9_]{1,40}$/.test(reason)) return 'other';
    this.#reasons.add(reason);
    return reason;
  }
}
