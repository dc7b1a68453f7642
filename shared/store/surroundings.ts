import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** Time, dice and ids of the store; tests pass their own. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that never go back. */
  monotonic(): number;
  sleep(milliseconds: number): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
  /** A string never given before, anywhere. */
  nonce(): string;
}

export const realSurroundings: Surroundings = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds) => wait(milliseconds),
  random: () => Math.random(),
  nonce: () => randomUUID(),
};
