import type { Clock } from '../ports/clock.ts';
import type { HeldState } from './held-state.ts';

/** Milliseconds from the first change to its write; the dice spread them by a quarter both ways. */
export const CHECKPOINT_AFTER = 30_000;
/** The same after a write that failed. */
export const CHECKPOINT_AGAIN_AFTER = 5_000;

/** Plans the writing behind: one write per connection takes all changes since the last. */
export class Checkpoints {
  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly write: (state: HeldState) => void;

  constructor(clock: Clock, random: () => number, write: (state: HeldState) => void) {
    this.clock = clock;
    this.random = random;
    this.write = write;
  }

  /** Plans a write unless one is planned or nothing is dirty. */
  plan(state: HeldState, after = CHECKPOINT_AFTER): void {
    if (state.checkpoint !== null || state.dirty.size === 0) return;
    const delay = after * (0.75 + this.random() / 2);
    state.checkpoint = this.clock.schedule(delay, () => {
      state.checkpoint = null;
      this.write(state);
    });
  }

  cancel(state: HeldState): void {
    state.checkpoint?.();
    state.checkpoint = null;
  }
}
