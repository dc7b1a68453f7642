import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../../test/support/manual-clock.ts';
import type { Channel } from './channel.ts';
import { type TimerEntry, TimerHeap } from './timer-heap.ts';

const channel = {} as Channel;

describe('timer heap', () => {
  it('fires what was added and not removed, each exactly at its time', () => {
    const act = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constant('add' as const), after: fc.integer({ min: -10, max: 500 }) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), which: fc.nat(200) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(100) }) },
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 200, size: 'max' }), (acts) => {
        const clock = manualClock();
        const fired: TimerEntry[] = [];
        const heap = new TimerHeap(clock, (entry) => {
          expect(clock.now()).toBe(Math.max(entry.at, added.get(entry) ?? Number.NaN));
          fired.push(entry);
        });
        const entries: TimerEntry[] = [];
        const added = new Map<TimerEntry, number>();
        const removed = new Set<TimerEntry>();
        for (const each of acts) {
          if (each.do === 'pass') clock.advance(each.ms);
          else if (each.do === 'remove') {
            const entry = entries[each.which];
            if (entry === undefined) continue;
            // One that has fired, or was removed before, is no more in the heap: nothing happens.
            if (entry.index >= 0) removed.add(entry);
            heap.remove(entry);
          } else {
            const at = clock.now() + each.after;
            const entry = {
              channel,
              name: 'x',
              at,
              payload: {},
              size: 96,
              section: null,
              index: -1,
              message: null,
            };
            entries.push(entry);
            added.set(entry, clock.now());
            heap.add(entry);
          }
          expect(clock.planned).toBeLessThanOrEqual(1);
        }
        clock.advance(1000);
        expect(heap.size).toBe(0);
        expect(new Set(fired)).toEqual(new Set(entries.filter((entry) => !removed.has(entry))));
        expect(fired).toHaveLength(entries.length - removed.size);
      }),
    );
  });

  it('fires at the right time although the clock of the machine is set while it waits', () => {
    const clock = manualClock();
    let offset = 0;
    const fired: number[] = [];
    const heap = new TimerHeap({ ...clock, now: () => clock.now() + offset }, (entry) =>
      fired.push(entry.at),
    );
    const at = clock.now() + 3_600_000;
    heap.add({ channel, name: 'x', at, payload: {}, size: 96, section: null, index: -1, message: null });
    clock.advance(1000);
    offset = 3_599_000;
    clock.advance(30_000);
    expect(fired).toEqual([at]);
  });
});
