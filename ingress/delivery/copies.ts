import type { Clock } from '../ports/clock.ts';
import type {
  AskMessage,
  BusMember,
  DigestMessage,
  PlacedObject,
  PlaceMessage,
  StateMessage,
} from './bus.ts';
import { inbox } from './bus.ts';
import { digestOf } from './digest.ts';
import type { Presence } from './presence.ts';
import { newSeen, type Seen } from './seen.ts';
import type { Topic, Topics } from './topics.ts';

interface CopiesParts {
  readonly ingressId: string;
  readonly clock: Clock;
  readonly bus: BusMember;
  readonly topics: Topics;
  readonly presence: Presence;
  /** All objects that this process knows, by key. */
  readonly objects: Map<string, Seen>;
}

/**
 * Copies of the objects that other processes place in topics watched here. Built from what those processes publish; a digest that
 * does not match makes this process ask for the whole topic again.
 */
export class Copies {
  readonly #parts: CopiesParts;

  constructor(parts: CopiesParts) {
    this.#parts = parts;
  }

  onPlace(from: string, { object, connection, version, place }: PlaceMessage): void {
    if (place !== null) {
      this.#take(from, { connection, version, place });
      return;
    }
    const known = this.#parts.objects.get(object);
    if (known !== undefined && known.origin === from && known.version < version) this.#remove(known);
  }

  onState(from: string, message: StateMessage): void {
    const topic = this.#watched(message.topic);
    if (topic === undefined) return;
    const listed = new Set(message.objects.map(({ place }) => place.object));
    for (const seen of [...topic.objects])
      if (seen.origin === from && !listed.has(seen.key)) this.#remove(seen);
    for (const object of message.objects) this.#take(from, object);
    this.#confirm(topic, from);
  }

  onDigest(from: string, { topic: name, count, sum }: DigestMessage): void {
    const topic = this.#watched(name);
    if (topic === undefined) return;
    if (count === 0) {
      this.#removeAll(topic, from);
      return;
    }
    const own = digestOf(topic, from);
    if (own.count !== count || own.sum !== sum) this.#ask(inbox(from), [name]);
    this.#confirm(topic, from);
  }

  /** Topics that nobody here watched before: whoever places something in them is asked for it. */
  askAll(topics: readonly string[], everyone: string): void {
    if (topics.length > 0 && this.#parts.bus.heard(everyone)) this.#ask(everyone, topics);
  }

  /** Nobody here watches the topic any more. */
  drop(topic: Topic): void {
    for (const seen of [...topic.objects]) if (seen.origin !== this.#parts.ingressId) this.#remove(seen);
    topic.confirmed.clear();
  }

  /** Removes what processes placed that have not been heard of for `age` milliseconds: they died without a word. */
  expire(topic: Topic, age: number): void {
    const oldest = this.#parts.clock.monotonic() - age;
    for (const [origin, at] of topic.confirmed) {
      if (at > oldest) continue;
      this.#removeAll(topic, origin);
    }
  }

  #removeAll(topic: Topic, origin: string): void {
    topic.confirmed.delete(origin);
    for (const seen of [...topic.objects]) if (seen.origin === origin) this.#remove(seen);
  }

  #take(from: string, { connection, version, place }: PlacedObject): void {
    const { ingressId, topics, presence, objects } = this.#parts;
    const known = objects.get(place.object);
    // One's own connection knows best where it is; if the key has really moved on, its place ends soon and the digest brings this one.
    if (known !== undefined && (known.origin === ingressId || known.version >= version)) return;
    const topic = this.#watched(place.topic);
    if (topic === undefined) {
      if (known !== undefined) this.#remove(known);
      return;
    }
    this.#confirm(topic, from);
    if (known !== undefined && known.origin === from && known.connection === connection) {
      const before = known.topic;
      presence.move(known, version, place, topic);
      topics.release(before);
      return;
    }
    if (known !== undefined) this.#remove(known);
    const seen = newSeen(place.object, connection, from, version, place, topic);
    objects.set(seen.key, seen);
    topic.objects.add(seen);
    presence.showToAll(seen);
  }

  #remove(seen: Seen): void {
    this.#parts.presence.remove(seen);
    this.#parts.objects.delete(seen.key);
  }

  #watched(name: string): Topic | undefined {
    const topic = this.#parts.topics.get(name);
    return topic === undefined || topic.watchers.size === 0 ? undefined : topic;
  }

  #confirm(topic: Topic, from: string): void {
    topic.confirmed.set(from, this.#parts.clock.monotonic());
  }

  #ask(to: string, topics: readonly string[]): void {
    const message: AskMessage = { k: 'ask', topics };
    this.#parts.bus.publish(to, message);
  }
}
