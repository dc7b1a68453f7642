import type { Channel } from './channel.ts';

/**
 * Connections with a turn ready, in the order in which they became so: each gets one turn, then stands at the end again. One that
 * has left meanwhile is not taken out; whoever shifts it sees that its `line` is another.
 */
export class Line {
  #channels: (Channel | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#channels.length - this.#head;
  }

  push(channel: Channel): void {
    this.#channels.push(channel);
  }

  shift(): Channel | undefined {
    const channel = this.#channels[this.#head];
    if (channel === undefined) return undefined;
    this.#channels[this.#head] = undefined;
    this.#head += 1;
    if (this.#head === this.#channels.length) {
      this.#channels.length = 0;
      this.#head = 0;
    } else if (this.#head > 4096) {
      this.#channels = this.#channels.slice(this.#head);
      this.#head = 0;
    }
    return channel;
  }
}
