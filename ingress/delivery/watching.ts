import { EVERYONE } from './bus.ts';
import type { Copies } from './copies.ts';
import type { Member } from './member.ts';
import type { Presence } from './presence.ts';
import type { Seen } from './seen.ts';
import type { Topic, Topics } from './topics.ts';

/** What the members of this process see: changes of watched topics become appearances and vanishings. */
export class Watching {
  readonly #topics: Topics;
  readonly #presence: Presence;
  readonly #copies: Copies;
  /** All objects that this process knows, by key. */
  readonly #objects: ReadonlyMap<string, Seen>;

  constructor(topics: Topics, presence: Presence, copies: Copies, objects: ReadonlyMap<string, Seen>) {
    this.#topics = topics;
    this.#presence = presence;
    this.#copies = copies;
    this.#objects = objects;
  }

  /** From now on the member sees exactly these topics. What it sees no more vanishes before anything appears. */
  watch(member: Member, names: readonly string[]): void {
    if (member.outlet === null) return;
    const next = new Set(names);
    const left = [...member.watch].filter((topic) => !next.has(topic.name));
    const entered: Topic[] = [];
    const fresh: string[] = [];
    // New topics first: what this process knows of a topic that is watched all the time is not asked for again.
    for (const name of next) {
      const topic = this.#topics.open(name);
      if (topic.watchers.has(member)) continue;
      entered.push(topic);
      if (this.#topics.addWatcher(topic, member)) fresh.push(name);
    }
    for (const topic of left) {
      for (const seen of topic.objects) this.#presence.hide(member, seen);
      this.#leave(member, topic);
    }
    for (const topic of entered) for (const seen of topic.objects) this.#presence.show(member, seen);
    this.#copies.askAll(fresh, EVERYONE);
  }

  /** From now on these objects, and those that other families named, are shown to the member whatever the limit. */
  pin(member: Member, family: string, keys: readonly string[]): void {
    if (member.outlet === null) return;
    if (keys.length === 0) member.pins.delete(family);
    else member.pins.set(family, keys);
    member.pinned = new Set([...member.pins.values()].flat());
    for (const key of keys) {
      const seen = this.#objects.get(key);
      if (seen !== undefined && member.watch.has(seen.topic)) this.#presence.show(member, seen);
    }
  }

  /** The member is gone; it is not told anything. */
  end(member: Member): void {
    this.#presence.forget(member);
    for (const topic of [...member.watch]) this.#leave(member, topic);
  }

  #leave(member: Member, topic: Topic): void {
    if (this.#topics.removeWatcher(topic, member)) this.#copies.drop(topic);
    this.#topics.release(topic);
  }
}
