import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

describe('token bucket', () => {
  it('lets no more pass in any time than burst and rate allow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 400 }),
        fc.array(fc.nat(300), { minLength: 1, maxLength: 200, size: 'max' }),
        (perSecond, burst, pauses) => {
          const bucket = new TokenBucket({ perSecond, burst }, 0);
          let now = 0;
          let passed = 0;
          for (const pause of pauses) {
            now += pause;
            while (!bucket.empty(now) && passed < 100_000) {
              bucket.take(now);
              passed += 1;
            }
            expect(passed).toBeLessThanOrEqual(burst + (now / 1000) * perSecond + 1e-6);
          }
        },
      ),
    );
  });

  it('says how long to wait until some packets may pass again', () => {
    const bucket = new TokenBucket({ perSecond: 60, burst: 300 }, 0);
    let taken = 1;
    while (!bucket.take(0)) taken += 1;
    expect(taken).toBe(300);
    expect(bucket.wait(0)).toBe(100);
    expect(bucket.empty(100)).toBe(false);
    expect(bucket.wait(100)).toBe(0);
  });

  it('lets the next packet pass as soon as one token is there', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 1 }, 0);
    expect(bucket.empty(0)).toBe(false);
    expect(bucket.take(0)).toBe(true);
    expect([bucket.empty(99), bucket.empty(100)]).toEqual([true, false]);
  });

  it('rounds a wait up, counts what has passed meanwhile, and not what passes backwards', () => {
    const bucket = new TokenBucket({ perSecond: 3, burst: 1 }, 1000);
    bucket.take(1000);
    expect(bucket.wait(1000)).toBe(334);
    expect(bucket.wait(500)).toBe(334);
    expect(bucket.wait(1300)).toBe(34);
    expect(bucket.empty(1334)).toBe(false);
  });

  it('is full after a quiet time, not fuller', () => {
    const bucket = new TokenBucket({ perSecond: 60, burst: 3 }, 0);
    let taken = 1;
    while (!bucket.take(3_600_000)) taken += 1;
    expect(taken).toBe(3);
  });
});
