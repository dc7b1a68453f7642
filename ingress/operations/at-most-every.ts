import type { Clock } from '../ports/clock.ts';

/**
 * A call that may be asked for as often as anybody likes, and runs at most once in so many milliseconds. Whoever asks too soon shares
 * the next run, so that each run begins after it was asked for.
 */
export function atMostEvery(
  clock: Clock,
  milliseconds: number,
  run: () => Promise<void>,
): () => Promise<void> {
  let next: Promise<void> | null = null;
  let began = Number.NEGATIVE_INFINITY;
  return () => {
    next ??= new Promise((resolve, reject) => {
      clock.schedule(Math.max(0, began + milliseconds - clock.monotonic()), () => {
        next = null;
        began = clock.monotonic();
        run().then(resolve, reject);
      });
    });
    return next;
  };
}
