import type { Clock } from '../../ports/clock.ts';

interface Planned {
  readonly at: number;
  readonly call: () => void;
}

/** A clock that is turned by hand. */
export interface ManualClock extends Clock {
  /** Runs what comes due, in its order; messages on their way arrive between two calls. */
  advance(ms: number): Promise<void>;
}

/** @param arrive lets everything that is on its way arrive */
export function manualClock(start = 1_700_000_000_000, arrive = settle): ManualClock {
  let now = start;
  const planned = new Set<Planned>();

  function next(until: number): Planned | null {
    let soonest: Planned | null = null;
    for (const item of planned)
      if (item.at <= until && (soonest === null || item.at < soonest.at)) soonest = item;
    return soonest;
  }

  return {
    now: () => now,
    monotonic: () => now - start,
    schedule(delay, call) {
      const item = { at: now + Math.max(delay, 0), call };
      planned.add(item);
      return () => void planned.delete(item);
    },
    async advance(ms) {
      const until = now + ms;
      await arrive();
      for (let item = next(until); item !== null; item = next(until)) {
        planned.delete(item);
        now = item.at;
        item.call();
        await arrive();
      }
      now = until;
    },
  };
}

/** Lets everything that is on its way arrive: promises and messages of the in-process bus. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
