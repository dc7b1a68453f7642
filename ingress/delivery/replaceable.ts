import type { Cancel, Clock } from '../ports/clock.ts';
import type { SendMessage } from './bus.ts';

interface Held {
  readonly topic: string;
  readonly key: string;
  readonly message: SendMessage;
}

interface HeldBackOptions {
  readonly clock: Clock;
  /** Milliseconds between two departures of one topic. */
  readonly everyMs: number;
  readonly leave: (topic: string, message: SendMessage) => void;
  /** One was dropped: a newer one took its place, or its object is gone. */
  readonly drop: (reason: 'replaced' | 'vanished') => void;
}

/**
 * Holds replaceable packets back so that those of a topic leave together, at most every `everyMs`, the newest of each sender and key
 * only. The first after a quiet time leaves at once.
 *
 * Order: packets of one sender never overtake each other. Before anything else of a sender leaves, what is held of it leaves
 * (`flush`); when what it tells of is gone, it is dropped (`discard`). One that replaces an older one goes to the end.
 */
export class HeldBack {
  readonly #options: HeldBackOptions;
  /** By topic, then by sender and key, in the order of leaving. */
  readonly #topics = new Map<string, Map<string, Held>>();
  readonly #senders = new Map<string, Set<Held>>();
  /** When each topic may send again, milliseconds of the monotonic clock. */
  readonly #next = new Map<string, number>();
  #cancel: Cancel | null = null;
  #wakeAt = Number.POSITIVE_INFINITY;

  constructor(options: HeldBackOptions) {
    this.#options = options;
  }

  offer(topic: string, message: SendMessage): void {
    const now = this.#options.clock.monotonic();
    const due = this.#next.get(topic) ?? now;
    if (due <= now && !this.#topics.has(topic)) {
      this.#next.set(topic, now + this.#options.everyMs);
      this.#options.leave(topic, message);
      return;
    }
    this.#hold({ topic, key: `${message.sender} ${message.replace}`, message });
    this.#wake(now, due);
  }

  /** All that is held of a sender leaves now, in order. */
  flush(sender: string): void {
    for (const { topic, message } of this.#take(sender)) this.#options.leave(topic, message);
  }

  /** All that is held of a sender is dropped. */
  discard(sender: string): void {
    for (const _ of this.#take(sender)) this.#options.drop('vanished');
  }

  /** Forgets topics that may send again anyway. */
  sweep(): void {
    const now = this.#options.clock.monotonic();
    for (const [topic, next] of this.#next)
      if (next <= now && !this.#topics.has(topic)) this.#next.delete(topic);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#wakeAt = Number.POSITIVE_INFINITY;
    this.#topics.clear();
    this.#senders.clear();
  }

  #hold(item: Held): void {
    const { topic, key, message } = item;
    let held = this.#topics.get(topic);
    if (held === undefined) {
      held = new Map();
      this.#topics.set(topic, held);
    }
    const older = held.get(key);
    if (older !== undefined) {
      this.#forget(older);
      held.delete(key);
      this.#options.drop('replaced');
    }
    held.set(key, item);
    const mine = this.#senders.get(message.sender);
    if (mine === undefined) this.#senders.set(message.sender, new Set([item]));
    else mine.add(item);
  }

  #take(sender: string): Iterable<Held> {
    const mine = this.#senders.get(sender);
    if (mine === undefined) return [];
    this.#senders.delete(sender);
    for (const { topic, key } of mine) {
      const held = this.#topics.get(topic);
      held?.delete(key);
      if (held?.size === 0) this.#topics.delete(topic);
    }
    return mine;
  }

  #forget(item: Held): void {
    const mine = this.#senders.get(item.message.sender);
    if (mine?.delete(item) === true && mine.size === 0) this.#senders.delete(item.message.sender);
  }

  #wake(now: number, due: number): void {
    if (due >= this.#wakeAt) return;
    this.#cancel?.();
    this.#wakeAt = due;
    this.#cancel = this.#options.clock.schedule(Math.max(0, due - now), () => {
      this.#cancel = null;
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.#leaveDue();
    });
  }

  #leaveDue(): void {
    const now = this.#options.clock.monotonic();
    let soonest = Number.POSITIVE_INFINITY;
    for (const [topic, held] of [...this.#topics]) {
      const due = this.#next.get(topic) ?? now;
      if (due > now) {
        soonest = Math.min(soonest, due);
        continue;
      }
      this.#topics.delete(topic);
      this.#next.set(topic, now + this.#options.everyMs);
      for (const item of held.values()) {
        this.#forget(item);
        this.#options.leave(topic, item.message);
      }
    }
    if (soonest !== Number.POSITIVE_INFINITY) this.#wake(now, soonest);
  }
}
