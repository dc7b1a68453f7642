import type { Turn } from '../../contract/index.ts';
import { EdgeError } from '../../errors/edge-error.ts';

/** Part of the time that is kept for sending the result. */
const MARGIN = 0.1;

/**
 * The time of one turn, in milliseconds since its event arrived. It is counted from there, not from the turn's own clock: a retry carries
 * the same `now` and `deadline`, and the clocks of two machines differ.
 */
export class Budget {
  readonly #monotonic: () => number;
  readonly #end: number;
  #abort: AbortController | undefined;

  constructor(monotonic: () => number, started: number, turn: Turn, timeout: number) {
    this.#monotonic = monotonic;
    this.#end = started + Math.min(turn.deadline - turn.now, timeout) * (1 - MARGIN);
  }

  /** Milliseconds that are left, below 0 when it is used up. */
  left(): number {
    return this.#end - this.#monotonic();
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
    const left = this.left();
    let timer: NodeJS.Timeout | undefined;
    const alarm = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => {
          const error = new EdgeError(
            'budget_exceeded',
            `no answer within the budget; ${left.toFixed(0)} ms were left of it`,
          );
          this.#abort ??= new AbortController();
          this.#abort.abort(error);
          reject(error);
        },
        Math.max(0, left),
      );
    });
    try {
      return await Promise.race([work, alarm]);
    } finally {
      clearTimeout(timer);
    }
  }
}
