import type { Member } from './member.ts';
import type { Seen } from './seen.ts';
import type { Subscriptions } from './subscriptions.ts';

/** A topic that somebody here watches, or in which something is placed. */
export interface Topic {
  readonly name: string;
  readonly watchers: Set<Member>;
  readonly objects: Set<Seen>;
  /** When each other process last said what it places here, milliseconds of the monotonic clock. */
  readonly confirmed: Map<string, number>;
}

/** All topics of this process that are in use. A topic with watchers is subscribed to on the bus. */
export class Topics {
  readonly #topics = new Map<string, Topic>();
  readonly #subscriptions: Subscriptions;
  /** Watches held by members here. */
  watches = 0;

  constructor(subscriptions: Subscriptions) {
    this.#subscriptions = subscriptions;
  }

  get(name: string): Topic | undefined {
    return this.#topics.get(name);
  }

  all(): Iterable<Topic> {
    return this.#topics.values();
  }

  /** The topic, made when missing. Call `release` when it may be empty again. */
  open(name: string): Topic {
    let topic = this.#topics.get(name);
    if (topic === undefined) {
      topic = { name, watchers: new Set(), objects: new Set(), confirmed: new Map() };
      this.#topics.set(name, topic);
    }
    return topic;
  }

  release(topic: Topic): void {
    if (topic.watchers.size === 0 && topic.objects.size === 0) this.#topics.delete(topic.name);
  }

  /** True when the member is the first here to watch the topic: what others place there is not known yet. */
  addWatcher(topic: Topic, member: Member): boolean {
    topic.watchers.add(member);
    member.watch.add(topic);
    this.watches += 1;
    if (topic.watchers.size > 1) return false;
    this.#subscriptions.add(topic.name);
    return true;
  }

  /** True when nobody here watches the topic any more. */
  removeWatcher(topic: Topic, member: Member): boolean {
    topic.watchers.delete(member);
    member.watch.delete(topic);
    this.watches -= 1;
    if (topic.watchers.size > 0) return false;
    this.#subscriptions.remove(topic.name);
    return true;
  }
}
