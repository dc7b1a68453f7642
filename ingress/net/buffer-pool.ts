/** How often a pool could serve, and how. */
export interface PoolCounts {
  /** Buffers given out of the pool. */
  readonly hit: number;
  /** Buffers allocated because the pool was empty. */
  readonly miss: number;
  /** Requests refused because the allowance beyond the pool was used up too. */
  readonly exhausted: number;
  /** Buffers given out and not back yet. */
  readonly inUse: number;
  /** Buffers in the pool. */
  readonly free: number;
}

/**
 * Buffers of one size for partial frames that must outlive the read that brought them. Up to `capacity` are kept for reuse (and
 * allocated when first needed). When all are in use, as many again may be allocated for a single use each (`miss`); beyond that
 * a request is refused (`exhausted`), so that clients which send halves of frames on purpose cost a bounded amount of memory.
 */
export class BufferPool implements PoolCounts {
  readonly bufferSize: number;
  readonly capacity: number;
  hit = 0;
  miss = 0;
  exhausted = 0;
  inUse = 0;
  readonly #idle: Buffer[] = [];
  #made = 0;

  constructor(bufferSize: number, capacity: number) {
    this.bufferSize = bufferSize;
    this.capacity = capacity;
  }

  get free(): number {
    return this.#idle.length + this.capacity - this.#made;
  }

  /** A buffer with old content, or undefined when the pool and its allowance are used up. */
  take(): Buffer | undefined {
    const idle = this.#idle.pop();
    if (idle !== undefined || this.#made < this.capacity) {
      this.hit += 1;
      this.inUse += 1;
      if (idle !== undefined) return idle;
      this.#made += 1;
      return Buffer.allocUnsafeSlow(this.bufferSize);
    }
    if (this.inUse >= 2 * this.capacity) {
      this.exhausted += 1;
      return undefined;
    }
    this.miss += 1;
    this.inUse += 1;
    return Buffer.allocUnsafeSlow(this.bufferSize);
  }

  /** Gives a buffer back; once for each that was taken. */
  give(buffer: Buffer): void {
    this.inUse -= 1;
    if (this.#idle.length < this.capacity) this.#idle.push(buffer);
  }
}
