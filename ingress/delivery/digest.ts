import type { Cancel, Clock } from '../ports/clock.ts';
import { type AskMessage, type BusMember, type DigestMessage, inbox, type PlacedObject } from './bus.ts';
import type { Seen } from './seen.ts';
import type { Topic, Topics } from './topics.ts';

/** For how many rounds a process goes on to say that it places nothing in a topic any more. */
const ROUNDS_AFTER = 2;

/** Count and sum of all that one process places in a topic; versions are unique in a process, so equal sums mean equal objects. */
export function digestOf(topic: Topic, origin: string): { count: number; sum: number } {
  let count = 0;
  let sum = 0;
  for (const seen of topic.objects) {
    if (seen.origin !== origin) continue;
    count += 1;
    sum = (sum + mix(seen.version)) >>> 0;
  }
  return { count, sum };
}

/** Spreads neighbouring versions, so that no two sets of them are likely to have one sum. */
function mix(version: number): number {
  let hash =
    Math.imul(version >>> 0, 0x9e3779b1) ^ Math.imul(Math.floor(version / 0x1_0000_0000), 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

interface DigestOptions {
  readonly ingressId: string;
  readonly clock: Clock;
  readonly bus: BusMember;
  readonly topics: Topics;
  readonly everyMs: number;
  /** Called for each topic in each round, and once a round. */
  readonly expire: (topic: Topic) => void;
  readonly round: () => void;
}

/** Tells other processes every few seconds what this one places in each topic, in short, and in full when asked. */
export class Digest {
  readonly #options: DigestOptions;
  readonly #vacated = new Map<string, number>();
  #cancel: Cancel;

  constructor(options: DigestOptions) {
    this.#options = options;
    this.#cancel = this.#schedule();
  }

  /** Something of this process left the topic. */
  vacated(topic: string): void {
    this.#vacated.set(topic, ROUNDS_AFTER);
  }

  onAsk(from: string, { topics }: AskMessage): void {
    for (const name of topics) {
      const topic = this.#options.topics.get(name);
      const objects = topic === undefined ? [] : this.#own(topic);
      // Nothing is no answer: whoever asked because of an older digest is told by the next one.
      if (objects.length > 0) this.#options.bus.publish(inbox(from), { k: 'state', topic: name, objects });
    }
  }

  stop(): void {
    this.#cancel();
  }

  #round(): void {
    const { topics, bus, ingressId, expire, round } = this.#options;
    for (const topic of [...topics.all()]) {
      expire(topic);
      const { count, sum } = digestOf(topic, ingressId);
      if (count === 0) continue;
      this.#vacated.delete(topic.name);
      if (bus.heard(topic.name)) this.#publish({ k: 'digest', topic: topic.name, count, sum });
    }
    for (const [name, rounds] of this.#vacated) {
      if (bus.heard(name)) this.#publish({ k: 'digest', topic: name, count: 0, sum: 0 });
      if (rounds > 1) this.#vacated.set(name, rounds - 1);
      else this.#vacated.delete(name);
    }
    round();
  }

  #own(topic: Topic): PlacedObject[] {
    const own = (seen: Seen): boolean => seen.origin === this.#options.ingressId;
    return [...topic.objects]
      .filter(own)
      .map(({ connection, version, place }) => ({ connection, version, place }));
  }

  #publish(message: DigestMessage): void {
    this.#options.bus.publish(message.topic, message);
  }

  #schedule(): Cancel {
    return this.#options.clock.schedule(this.#options.everyMs, () => {
      this.#round();
      this.#cancel = this.#schedule();
    });
  }
}
