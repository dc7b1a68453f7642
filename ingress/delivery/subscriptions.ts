import type { BusMember } from './bus.ts';

/** Counts who needs a bus topic here, so that it is subscribed to once and as long as anybody does. */
export class Subscriptions {
  readonly #uses = new Map<string, number>();
  readonly #bus: Pick<BusMember, 'subscribe' | 'unsubscribe'>;

  constructor(bus: Pick<BusMember, 'subscribe' | 'unsubscribe'>) {
    this.#bus = bus;
  }

  add(topic: string): void {
    const uses = this.#uses.get(topic) ?? 0;
    this.#uses.set(topic, uses + 1);
    if (uses === 0) this.#bus.subscribe(topic);
  }

  remove(topic: string): void {
    const uses = this.#uses.get(topic) ?? 0;
    if (uses > 1) {
      this.#uses.set(topic, uses - 1);
    } else if (uses === 1) {
      this.#uses.delete(topic);
      this.#bus.unsubscribe(topic);
    }
  }
}
