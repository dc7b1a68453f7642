import type { Turn } from '../../contract/index.ts';
import { EdgeError } from '../../errors/edge-error.ts';

/** Part of the time that is kept for sending the result. */
const MARGIN = 0.1;
/** Part of the time that has to be left for a message to begin. */
const LEAST = 0.1;

/**
 * The time of one turn, in milliseconds since its event arrived. It is counted from there, not from the turn's own clock: a retry carries
 * the same `now` and `deadline`, and the clocks of two machines differ.
 */
export class Budget {
  readonly #monotonic: () => number;
  readonly #end: number;
  readonly #lastStart: number;
  #abort: AbortController | undefined;

  constructor(monotonic: () => number, started: number, turn: Turn, timeout: number) {
    this.#monotonic = monotonic;
    const time = Math.min(turn.deadline - turn.now, timeout);
    this.#end = started + time * (1 - MARGIN);
    this.#lastStart = this.#end - time * LEAST;
  }

  /** Too little is left for another message to begin. */
  get spent(): boolean {
    return this.#monotonic() >= this.#lastStart;
  }

  /** Aborted once the budget is used up while a handler is waited for. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  /**
   * Waits for a handler at most as long as the budget lasts.
   * @throws EdgeError `budget_exceeded`; the handler is told through `signal`, and what it still brings about is ignored
   */
  async wait<T>(work: Promise<T>): Promise<T> {
    const left = Math.max(0, this.#end - this.#monotonic());
    let timer: NodeJS.Timeout | undefined;
    const alarm = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new EdgeError(
          'budget_exceeded',
          `no answer within the ${left.toFixed(0)} ms that were left`,
        );
        this.#abort ??= new AbortController();
        this.#abort.abort(error);
        reject(error);
      }, left);
    });
    try {
      return await Promise.race([work, alarm]);
    } finally {
      clearTimeout(timer);
    }
  }
}
