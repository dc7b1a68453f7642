/** What a wheel calls when its time has come. */
export interface Timed {
  expired(): void;
}

interface Entry {
  due: number;
  slot: number;
}

/**
 * Coarse timers for many owners, one each: setting and clearing cost one set operation, and nothing runs for an owner until it is due.
 * Time is counted in ticks; whoever owns the wheel calls `advance` once a tick. A timer fires up to one tick late, never early.
 */
export class TimerWheel {
  readonly #slots: Set<Timed>[];
  readonly #entries = new Map<Timed, Entry>();
  #now = 0;

  constructor(slots = 512) {
    this.#slots = Array.from({ length: slots }, () => new Set<Timed>());
  }

  /** The current tick. */
  get now(): number {
    return this.#now;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Sets the owner's timer, instead of the one it had, to fire after more than `ticks` whole ticks. */
  set(owner: Timed, ticks: number): void {
    this.clear(owner);
    this.#place(owner, this.#now + Math.max(0, ticks) + 1);
  }

  clear(owner: Timed): void {
    const entry = this.#entries.get(owner);
    if (entry === undefined) return;
    this.#slots[entry.slot]?.delete(owner);
    this.#entries.delete(owner);
  }

  /** Moves on by one tick and calls all who are due. */
  advance(): void {
    this.#now += 1;
    const slot = this.#slots[this.#now % this.#slots.length];
    for (const owner of [...(slot ?? [])]) {
      const due = this.#entries.get(owner)?.due;
      if (due === undefined || due > this.#now) continue;
      this.clear(owner);
      owner.expired();
    }
  }

  // A timer further away than the wheel goes round stays in its slot until its own round comes.
  #place(owner: Timed, due: number): void {
    const slot = due % this.#slots.length;
    this.#slots[slot]?.add(owner);
    this.#entries.set(owner, { due, slot });
  }
}
