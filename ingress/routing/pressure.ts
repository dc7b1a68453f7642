import type { RoutingLimits } from './limits.ts';

/** What one connection may have waiting while all together have too much: some dozens of small packets. */
const SHARE_UNDER_PRESSURE = 1 / 64;

/** What waits in all connections together, and with it how much may wait in one before its reads are paused. */
export class Pressure {
  readonly #limits: RoutingLimits;
  #bytes = 0;

  constructor(limits: RoutingLimits) {
    this.#limits = limits;
  }

  /** Estimated bytes of all that waits. */
  get bytes(): number {
    return this.#bytes;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Estimated bytes waiting in one connection at which its reads are paused. */
  get mark(): number {
    const { queueBytes, waitingBytes } = this.#limits;
    return this.#bytes < waitingBytes ? queueBytes : queueBytes * SHARE_UNDER_PRESSURE;
  }
}
