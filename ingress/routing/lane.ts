import type { Batching } from '../../shared/contract/index.ts';
import type { FamilyMeasures } from './family-measures.ts';
import type { FamilyRoute } from './family-route.ts';
import { Line } from './line.ts';
import type { TurnRecord } from './turn.ts';

/** One family and lane: who waits for it, and how many invocations it has under way. */
export class Lane {
  readonly name: string;
  readonly measures: FamilyMeasures;
  readonly line = new Line();
  /** Groups of turns that failed and may be tried again now. They go first. */
  readonly retries: TurnRecord[][] = [];
  /** A turn for which the last batch had no room. */
  carried: TurnRecord | null = null;
  family: FamilyRoute;
  batching: Batching;
  inFlight = 0;
  /** Packet routes with arrivals that the meter has not been told of. */
  readonly counting: { report(): void }[] = [];
  /** A flush is due in this tick. */
  due = false;
  /** When its durable turns began to wait for the heartbeat, on the monotonic clock; null when they do not. */
  heldSince: number | null = null;
  /** Turns in one invocation at present: halved when a whole batch fails (its result may be too large), grown again by and by. */
  #turns: number;

  constructor(name: string, family: FamilyRoute, measures: FamilyMeasures) {
    this.name = name;
    this.family = family;
    this.measures = measures;
    this.batching = family.lanes.get(name) ?? family.manifest.batching;
    this.#turns = this.batching.maxBatch;
  }

  /** Goes on with another version of its family. */
  follow(family: FamilyRoute): void {
    if (this.carried !== null) this.retries.push([this.carried]);
    this.carried = null;
    this.family = family;
    this.batching = family.lanes.get(this.name) ?? family.manifest.batching;
    this.#turns = this.batching.maxBatch;
  }

  /** Turns that the next invocation may hold. */
  get turns(): number {
    return Math.min(this.#turns, this.batching.maxBatch);
  }

  /** Somebody waits for an invocation. */
  get wanted(): boolean {
    return this.line.length > 0 || this.retries.length > 0 || this.carried !== null;
  }

  get free(): boolean {
    return this.inFlight < this.batching.maxInFlight;
  }

  /** A slow packet has a lane with `maxBatch` 1, and a turn of its own: its time budget is not shared. */
  get single(): boolean {
    return this.batching.maxBatch === 1;
  }

  /** Tells the meter of what has arrived. */
  report(): void {
    for (const packet of this.counting) packet.report();
    this.counting.length = 0;
  }

  shrink(): void {
    this.#turns = Math.max(1, this.turns >> 1);
  }

  grow(): void {
    if (this.#turns < this.batching.maxBatch)
      this.#turns = Math.min(this.batching.maxBatch, this.#turns + Math.max(1, this.#turns >> 3));
  }
}
