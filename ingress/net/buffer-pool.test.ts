import { describe, expect, it } from 'vitest';
import { BufferPool } from './buffer-pool.ts';

describe('BufferPool', () => {
  it('gives what it has, then as many again, then nothing, and counts each', () => {
    const pool = new BufferPool(100, 2);
    const taken = Array.from({ length: 4 }, () => pool.take());
    expect(taken.map((buffer) => buffer?.length)).toEqual([100, 100, 100, 100]);
    expect(new Set(taken).size).toBe(4);
    expect(pool.take()).toBeUndefined();
    expect(pool).toMatchObject({ hit: 2, miss: 2, exhausted: 1, inUse: 4, free: 0 });
    for (const buffer of taken) if (buffer !== undefined) pool.give(buffer);
    expect(pool).toMatchObject({ inUse: 0, free: 2 });
  });

  it('gives the same memory again', () => {
    const pool = new BufferPool(10, 1);
    const first = pool.take() as Buffer;
    pool.give(first);
    expect(pool.take()).toBe(first);
    expect(pool.hit).toBe(2);
  });

  it('allocates nothing before it is asked', () => {
    expect(new BufferPool(2_047, 1_000_000_000)).toMatchObject({ free: 1_000_000_000, inUse: 0 });
  });
});
