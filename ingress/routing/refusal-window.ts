const MINUTE = 60_000;

/** Counts the refused packets of one connection within the last minute. */
export class RefusalWindow {
  readonly #times: number[] = [];

  /** Adds one and says how many there were within the last minute. `now` is monotonic milliseconds. */
  add(now: number): number {
    this.#times.push(now);
    while ((this.#times[0] ?? now) <= now - MINUTE) this.#times.shift();
    return this.#times.length;
  }
}
