import type { ObjectChange, Place } from '../../shared/contract/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { BusMember, PlaceMessage } from './bus.ts';
import type { Member } from './member.ts';
import type { Presence } from './presence.ts';
import { newSeen, type Seen } from './seen.ts';
import type { Topic, Topics } from './topics.ts';

interface PlacingParts {
  readonly ingressId: string;
  readonly clock: Clock;
  readonly bus: BusMember;
  readonly topics: Topics;
  readonly presence: Presence;
  /** All objects that this process knows, by key. */
  readonly objects: Map<string, Seen>;
  /** The last object of this process left a topic: others are told so by the next digests. */
  readonly vacated: (topic: string) => void;
  /** Another connection took the key of this object. */
  readonly evicted: (seen: Seen) => void;
}

/** Where the connections of this process are seen, and telling other processes of it. */
export class Placing {
  readonly #parts: PlacingParts;
  #version = 0;

  constructor(parts: PlacingParts) {
    this.#parts = parts;
  }

  /** From now on the member is seen in this place, or nowhere. */
  place(member: Member, place: Place | null): void {
    member.seen = this.#put(member, member.seen, place);
  }

  /** From now on the member shows this object in this place, or no more. */
  object(member: Member, key: string, place: Place | null): void {
    const seen = this.#put(member, member.objects.get(key) ?? null, place);
    if (seen === null) member.objects.delete(key);
    else member.objects.set(key, seen);
  }

  /** Whether one of these changes takes an object of the member out of the topic in which it is seen. */
  takesAway(member: Member, changes: readonly ObjectChange[]): boolean {
    return changes.some(({ object, place }) => {
      const known = member.objects.get(object);
      return known !== undefined && known.topic.name !== place?.topic;
    });
  }

  /** Brings one object of the member to a place; returns it as it is seen now. */
  #put(member: Member, known: Seen | null, place: Place | null): Seen | null {
    if (known !== null && known.key === place?.object) {
      this.#move(known, place);
      return known;
    }
    if (known !== null) {
      this.#remove(known);
      known.version = this.#nextVersion();
      this.#publish(known, null, [known.topic.name]);
    }
    return place === null ? null : this.#enter(member, place);
  }

  #move(seen: Seen, place: Place): void {
    const { topics, presence } = this.#parts;
    const before = seen.topic;
    const topic = topics.open(place.topic);
    presence.move(seen, this.#nextVersion(), place, topic);
    this.#publish(seen, place, topic === before ? [topic.name] : [before.name, topic.name]);
    if (topic !== before) this.#left(before);
  }

  #enter(member: Member, place: Place): Seen {
    const { ingressId, topics, presence, objects, evicted } = this.#parts;
    const squatter = objects.get(place.object);
    // Keys are unique among the living: whoever still stands under this one is gone, and its end was lost or comes late.
    if (squatter !== undefined) {
      this.#remove(squatter);
      evicted(squatter);
    }
    const topic = topics.open(place.topic);
    const seen = newSeen(place.object, member.id, ingressId, this.#nextVersion(), place, topic);
    objects.set(seen.key, seen);
    topic.objects.add(seen);
    presence.showToAll(seen);
    this.#publish(seen, place, [topic.name]);
    return seen;
  }

  #remove(seen: Seen): void {
    this.#parts.presence.remove(seen);
    if (this.#parts.objects.get(seen.key) === seen) this.#parts.objects.delete(seen.key);
    this.#left(seen.topic);
  }

  #left(topic: Topic): void {
    this.#parts.vacated(topic.name);
    this.#parts.topics.release(topic);
  }

  #publish(seen: Seen, place: Place | null, topics: readonly string[]): void {
    const { bus } = this.#parts;
    let message: PlaceMessage | undefined;
    for (const topic of topics) {
      if (!bus.heard(topic)) continue;
      message ??= { k: 'place', object: seen.key, connection: seen.connection, version: seen.version, place };
      bus.publish(topic, message);
    }
  }

  // Starts from the clock, so that a restarted process, or another one that takes an object over, counts on from above.
  #nextVersion(): number {
    this.#version = Math.max(this.#version + 1, this.#parts.clock.now() * 1024);
    return this.#version;
  }
}
