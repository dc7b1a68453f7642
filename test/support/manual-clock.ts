import type { Clock } from '../../ingress/ports/clock.ts';

/** A clock that stands still until a test turns it. */
export interface ManualClock extends Clock {
  /** Turns it on by so many milliseconds; what comes due on the way runs in order, each at its own time. */
  advance(milliseconds: number): void;
  /** Calls planned and neither run nor taken back. */
  readonly planned: number;
}

export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let time = 0;
  let count = 0;
  const calls = new Map<number, { at: number; run: () => void }>();
  const next = () => [...calls].sort(([a, one], [b, other]) => one.at - other.at || a - b)[0];
  return {
    now: () => start + time,
    monotonic: () => time,
    schedule(delay, run) {
      count += 1;
      const id = count;
      calls.set(id, { at: time + Math.max(delay, 0), run });
      return () => void calls.delete(id);
    },
    advance(milliseconds) {
      const until = time + milliseconds;
      for (let due = next(); due !== undefined && due[1].at <= until; due = next()) {
        calls.delete(due[0]);
        time = Math.max(time, due[1].at);
        due[1].run();
      }
      time = Math.max(time, until);
    },
    get planned() {
      return calls.size;
    },
  };
}
