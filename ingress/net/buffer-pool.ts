/** Who has a buffer of a pool. */
export interface Holder {
  /** Has to give it back at once. */
  evicted(): void;
}

/** How often a pool could serve, and how. */
export interface PoolCounts {
  /** Buffers given out of the pool. */
  readonly hit: number;
  /** Buffers allocated because the pool was empty. */
  readonly miss: number;
  /** Requests for which somebody else lost a buffer, as the allowance beyond the pool was used up too. */
  readonly exhausted: number;
  /** Buffers given out and not back yet. */
  readonly inUse: number;
  /** Buffers in the pool. */
  readonly free: number;
}

/**
 * Buffers of one size for partial frames that must outlive the read that brought them. Up to `capacity` are kept for reuse (and
 * allocated when first needed). When all are in use, as many again may be allocated for a single use each (`miss`); beyond that
 * whoever has had one for longest loses it (`exhausted`): clients that send halves of frames on purpose cost a bounded amount of
 * memory, and keep no one else from being served.
 */
export class BufferPool implements PoolCounts {
  readonly bufferSize: number;
  readonly capacity: number;
  hit = 0;
  miss = 0;
  exhausted = 0;
  inUse = 0;
  readonly #idle: Buffer[] = [];
  /** In the order in which they took their buffers. */
  readonly #holders = new Set<Holder>();
  #made = 0;

  constructor(bufferSize: number, capacity: number) {
    this.bufferSize = bufferSize;
    this.capacity = capacity;
  }

  get free(): number {
    return this.#idle.length + this.capacity - this.#made;
  }

  /** A buffer with old content; one for each holder at a time. */
  take(holder: Holder): Buffer {
    if (this.inUse >= 2 * this.capacity) this.#evict();
    this.#holders.add(holder);
    this.inUse += 1;
    const idle = this.#idle.pop();
    if (idle === undefined && this.#made >= this.capacity) {
      this.miss += 1;
      return Buffer.allocUnsafeSlow(this.bufferSize);
    }
    this.hit += 1;
    if (idle !== undefined) return idle;
    this.#made += 1;
    return Buffer.allocUnsafeSlow(this.bufferSize);
  }

  /** Gives a buffer back; once for each that was taken. */
  give(holder: Holder, buffer: Buffer): void {
    this.#holders.delete(holder);
    this.inUse -= 1;
    if (this.#idle.length < this.capacity) this.#idle.push(buffer);
  }

  #evict(): void {
    this.exhausted += 1;
    const [longest] = this.#holders;
    longest?.evicted();
  }
}
