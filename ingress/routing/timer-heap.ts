import type { JsonObject } from '../../shared/contract/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { Channel } from './channel.ts';
import type { Waiting } from './waiting.ts';

/** A named timer of one connection: armed, or due and waiting in the queue as a message. */
export interface TimerEntry {
  readonly channel: Channel;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly payload: JsonObject;
  /** Estimated bytes of its message. */
  readonly size: number;
  /** The section that keeps it, null for one that ends with the connection. */
  readonly section: string | null;
  /** Place in the heap; -1 when it is not armed. */
  index: number;
  /** Its message, from when it came due until a turn takes it. */
  message: Waiting | null;
}

/** The wall clock may be set while we wait for it: look at least so often. */
const LONGEST_WAIT = 30_000;

/** All timers of the process in one binary heap over one scheduled call. */
export class TimerHeap {
  readonly #clock: Clock;
  readonly #due: (entry: TimerEntry) => void;
  readonly #heap: TimerEntry[] = [];
  #cancel: (() => void) | null = null;
  #wakeAt = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, due: (entry: TimerEntry) => void) {
    this.#clock = clock;
    this.#due = due;
  }

  get size(): number {
    return this.#heap.length;
  }

  add(entry: TimerEntry): void {
    this.#heap.push(entry);
    this.#up(this.#heap.length - 1, entry);
    if (this.#heap[0] === entry) this.#arm();
  }

  remove(entry: TimerEntry): void {
    const { index } = entry;
    if (index < 0) return;
    entry.index = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === entry) return;
    this.#up(index, last);
    this.#down(last.index, last);
  }

  #run(): void {
    this.#cancel = null;
    this.#wakeAt = Number.POSITIVE_INFINITY;
    const now = this.#clock.now();
    for (let first = this.#heap[0]; first !== undefined && first.at <= now; first = this.#heap[0]) {
      this.remove(first);
      this.#due(first);
    }
    this.#arm();
  }

  #arm(): void {
    const first = this.#heap[0];
    if (first === undefined || first.at >= this.#wakeAt) return;
    this.#cancel?.();
    const wait = Math.min(LONGEST_WAIT, Math.max(0, first.at - this.#clock.now()));
    this.#wakeAt = first.at;
    this.#cancel = this.#clock.schedule(wait, () => this.#run());
  }

  #up(from: number, entry: TimerEntry): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || parent.at <= entry.at) break;
      this.#set(index, parent);
      index = above;
    }
    this.#set(index, entry);
  }

  #down(from: number, entry: TimerEntry): void {
    let index = from;
    for (;;) {
      let child = index * 2 + 1;
      let lesser = this.#heap[child];
      if (lesser === undefined) break;
      const other = this.#heap[child + 1];
      if (other !== undefined && other.at < lesser.at) {
        child += 1;
        lesser = other;
      }
      if (lesser.at >= entry.at) break;
      this.#set(index, lesser);
      index = child;
    }
    this.#set(index, entry);
  }

  #set(index: number, entry: TimerEntry): void {
    this.#heap[index] = entry;
    entry.index = index;
  }
}
