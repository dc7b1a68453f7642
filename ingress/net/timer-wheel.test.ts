import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimerWheel } from './timer-wheel.ts';

function advance(wheel: TimerWheel, ticks: number): void {
  for (let tick = 0; tick < ticks; tick += 1) wheel.advance();
}

describe('TimerWheel', () => {
  it('fires each timer once, after its ticks and at most one later, however far away', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 20, size: 'max' }), fc.nat(20), (delays, start) => {
        const wheel = new TimerWheel(8);
        advance(wheel, start);
        const fired = delays.map((): number[] => []);
        for (const [index, delay] of delays.entries()) {
          wheel.set({ expired: () => fired[index]?.push(wheel.now - start) }, delay);
        }
        advance(wheel, 70);
        expect(fired).toEqual(delays.map((delay) => [delay + 1]));
        expect(wheel.size).toBe(0);
      }),
    );
  });

  it('forgets a cleared timer and moves one that is set again', () => {
    const wheel = new TimerWheel(4);
    const fired: string[] = [];
    const cleared = { expired: () => fired.push('cleared') };
    const moved = { expired: () => fired.push(`moved ${wheel.now}`) };
    wheel.set(cleared, 1);
    wheel.set(moved, 1);
    wheel.clear(cleared);
    wheel.set(moved, 6);
    advance(wheel, 20);
    expect(fired).toEqual(['moved 7']);
  });

  it('lets an owner set or clear timers while it fires', () => {
    const wheel = new TimerWheel(4);
    const fired: number[] = [];
    const other = { expired: () => fired.push(-1) };
    const owner = {
      expired: () => {
        fired.push(wheel.now);
        wheel.clear(other);
        if (fired.length < 3) wheel.set(owner, 0);
      },
    };
    wheel.set(owner, 0);
    wheel.set(other, 0);
    advance(wheel, 10);
    expect(fired).toEqual([1, 2, 3]);
  });
});
