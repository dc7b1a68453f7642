import type { RateLimit } from './limits.ts';

/** Tokens of one connection and rate class. It may go below zero: a packet that was read already is never refused. */
export class TokenBucket {
  #tokens: number;
  #at: number;
  readonly #limit: RateLimit;

  constructor(limit: RateLimit, now: number) {
    this.#limit = limit;
    this.#tokens = limit.burst;
    this.#at = now;
  }

  /** Takes one token; true when none is left for the next packet, so that reading must pause. `now` is monotonic. */
  take(now: number): boolean {
    this.#refill(now);
    this.#tokens -= 1;
    return this.#tokens < 1;
  }

  /** No token is left. */
  empty(now: number): boolean {
    this.#refill(now);
    return this.#tokens < 1;
  }

  /** Milliseconds until a tenth of a second's packets may be read again: a pause for each single packet would cost more than it spares. */
  wait(now: number): number {
    this.#refill(now);
    const wanted = Math.min(this.#limit.burst, Math.max(1, this.#limit.perSecond / 10));
    return Math.max(0, Math.ceil(((wanted - this.#tokens) / this.#limit.perSecond) * 1000));
  }

  #refill(now: number): void {
    const passed = now - this.#at;
    if (passed <= 0) return;
    this.#at = now;
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + (passed / 1000) * this.#limit.perSecond);
  }
}
