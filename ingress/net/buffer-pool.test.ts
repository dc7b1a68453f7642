import { describe, expect, it } from 'vitest';
import { BufferPool, type Holder } from './buffer-pool.ts';

class TestHolder implements Holder {
  readonly #pool: BufferPool;
  readonly #lost: () => void;
  #buffer: Buffer | undefined;

  constructor(pool: BufferPool, lost: () => void) {
    this.#pool = pool;
    this.#lost = lost;
  }

  take(): Buffer {
    this.#buffer = this.#pool.take(this);
    return this.#buffer;
  }

  give(): void {
    if (this.#buffer !== undefined) this.#pool.give(this, this.#buffer);
    this.#buffer = undefined;
  }

  evicted(): void {
    this.#lost();
    this.give();
  }
}

describe('BufferPool', () => {
  it('gives what it has, then as many again, then what was taken first, and counts each', () => {
    const pool = new BufferPool(100, 2);
    const lost: number[] = [];
    const holders = Array.from({ length: 6 }, (_, index) => new TestHolder(pool, () => lost.push(index)));
    const [first, ...others] = holders;
    for (const holder of holders.slice(0, 4)) holder.take();
    expect(pool).toMatchObject({ hit: 2, miss: 2, exhausted: 0, inUse: 4, free: 0 });
    first?.give();
    first?.take();
    for (const holder of holders.slice(4)) holder.take();
    expect(lost).toEqual([1, 2]);
    expect(pool).toMatchObject({ exhausted: 2, inUse: 4 });
    for (const holder of [first, ...others.slice(2)]) holder?.give();
    expect(pool).toMatchObject({ inUse: 0, free: 2 });
  });

  it('gives the same memory again', () => {
    const pool = new BufferPool(10, 1);
    const holder = new TestHolder(pool, () => {});
    const first = holder.take();
    holder.give();
    expect(holder.take()).toBe(first);
    expect(pool.hit).toBe(2);
  });

  it('allocates nothing before it is asked', () => {
    expect(new BufferPool(2_047, 1_000_000_000)).toMatchObject({ free: 1_000_000_000, inUse: 0 });
  });
});
