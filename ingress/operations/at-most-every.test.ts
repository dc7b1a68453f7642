import { expect, test } from 'vitest';
import { manualClock } from '../../test/support/manual-clock.ts';
import { atMostEvery } from './at-most-every.ts';

test('the first call runs at once, those that come too soon share one that runs later', async () => {
  const clock = manualClock();
  let runs = 0;
  const ask = atMostEvery(clock, 1000, async () => {
    runs += 1;
  });
  const first = ask();
  clock.advance(0);
  await first;
  expect(runs).toBe(1);
  const more = [ask(), ask(), ask()];
  clock.advance(999);
  expect(runs).toBe(1);
  clock.advance(1);
  await Promise.all(more);
  expect(runs).toBe(2);
});

test('a run that fails is told to those who asked for it, and the next is tried', async () => {
  const clock = manualClock();
  let runs = 0;
  const ask = atMostEvery(clock, 1000, async () => {
    runs += 1;
    if (runs === 1) throw new Error('not now');
  });
  const first = ask();
  clock.advance(0);
  await expect(first).rejects.toThrow('not now');
  const second = ask();
  clock.advance(1000);
  await second;
  expect(runs).toBe(2);
});
