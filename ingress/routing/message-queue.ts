import type { RoutingLimits } from './limits.ts';
import type { Pressure } from './pressure.ts';
import type { Waiting } from './waiting.ts';

/** So many times the bytes at which reads are paused close a connection: only signals come so far. */
const BYTES_BOUND = 8;

/** First in, first out, in a ring that grows; messages can also be put back at the head. Sizes are summed up. */
export class MessageQueue {
  #ring: (Waiting | undefined)[] = new Array(4);
  #head = 0;
  #length = 0;
  #bytes = 0;
  readonly #pressure: Pressure;

  constructor(pressure: Pressure) {
    this.#pressure = pressure;
  }

  get length(): number {
    return this.#length;
  }

  /** Estimated bytes of all that waits. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether this share of what may wait at most is reached. */
  reaches(share: number, { queueBound, queueBytes }: RoutingLimits): boolean {
    return this.#length >= queueBound * share || this.#bytes >= queueBytes * BYTES_BOUND * share;
  }

  push(message: Waiting): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#ring[(this.#head + this.#length) & (this.#ring.length - 1)] = message;
    this.#length += 1;
    this.#weigh(message.size);
  }

  unshift(message: Waiting): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#head = (this.#head - 1) & (this.#ring.length - 1);
    this.#ring[this.#head] = message;
    this.#length += 1;
    this.#weigh(message.size);
  }

  /** These come first again, in their order. */
  putBack(messages: readonly Waiting[]): void {
    for (let index = messages.length - 1; index >= 0; index -= 1) {
      const message = messages[index];
      if (message !== undefined) this.unshift(message);
    }
  }

  peek(): Waiting | undefined {
    return this.#length === 0 ? undefined : this.#ring[this.#head];
  }

  shift(): Waiting | undefined {
    if (this.#length === 0) return undefined;
    const message = this.#ring[this.#head];
    this.#ring[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#ring.length - 1);
    this.#length -= 1;
    if (message !== undefined) this.#weigh(-message.size);
    return message;
  }

  /** Takes everything out, in order. */
  clear(): Waiting[] {
    const all: Waiting[] = [];
    for (let message = this.shift(); message !== undefined; message = this.shift()) all.push(message);
    return all;
  }

  #weigh(bytes: number): void {
    this.#bytes += bytes;
    this.#pressure.add(bytes);
  }

  #grow(): void {
    const size = this.#ring.length;
    const ring: (Waiting | undefined)[] = new Array(size * 2);
    for (let index = 0; index < this.#length; index += 1)
      ring[index] = this.#ring[(this.#head + index) & (size - 1)];
    this.#ring = ring;
    this.#head = 0;
  }
}
