/** Takes a scheduled call back. Calling it twice, or after the call ran, does nothing. */
export type Cancel = () => void;

/** All time of the ingress comes from here, so that tests can turn it by hand. */
export interface Clock {
  /** Milliseconds since 1970; may jump when the machine's clock is set. For times that handlers or other processes see. */
  now(): number;
  /** Milliseconds from some fixed moment; never goes back. For durations and time-outs. */
  monotonic(): number;
  /** Runs `call` once after `delay` milliseconds (at least; 0 means as soon as possible, never at once). Does not keep the process alive. */
  schedule(delay: number, call: () => void): Cancel;
}

/** `setTimeout` counts in signed 32 bits and would fire at once beyond. */
const LONGEST = 2_147_483_647;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(delay, call) {
    const timer = setTimeout(call, Math.min(Math.max(delay, 0), LONGEST));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
