const SLAB = 64 * 1024;

/**
 * Memory for the frames of one tick. Frames are written one after the other; once all of a tick's writes were taken by the kernel at
 * once, the same memory serves the next tick. If a write still holds a part of it, it is left to the garbage collector instead.
 */
export class Arena {
  #slab: Buffer = Buffer.allocUnsafeSlow(SLAB);
  #used = 0;
  #lent = false;

  /** The memory to write to, with room for `bytes` from `used` on. */
  room(bytes: number): Buffer {
    if (this.#used + bytes > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB, bytes));
      this.#used = 0;
    }
    return this.#slab;
  }

  get used(): number {
    return this.#used;
  }

  /** Everything before `end` is written. */
  advance(end: number): void {
    this.#used = end;
  }

  /** A write keeps a part of the memory beyond this tick. */
  lend(): void {
    this.#lent = true;
  }

  /** Nothing of this tick waits here any more. */
  reset(): void {
    if (this.#lent) this.#slab = Buffer.allocUnsafeSlow(SLAB);
    this.#lent = false;
    this.#used = 0;
  }
}
