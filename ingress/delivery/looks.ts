import type { ObjectChange, Place } from '../../shared/contract/index.ts';
import type { Look } from '../ports/delivery.ts';
import type { Addresses } from './addresses.ts';
import type { Member } from './member.ts';
import type { Placing } from './placing.ts';
import type { HeldBack } from './replaceable.ts';
import type { Seen } from './seen.ts';
import type { SentMeter } from './sent-meter.ts';
import type { Topics } from './topics.ts';
import type { Watching } from './watching.ts';

interface LooksParts {
  readonly placing: Placing;
  readonly watching: Watching;
  readonly addresses: Addresses;
  readonly topics: Topics;
  readonly held: HeldBack;
  readonly sent: SentMeter;
}

/** What turns change of where a connection is seen and what it sees; its addresses and what is held back of it follow. */
export class Looks {
  readonly #parts: LooksParts;

  constructor(parts: LooksParts) {
    this.#parts = parts;
  }

  change(member: Member, family: string, { place, objects, watch, pin }: Look): void {
    if (place !== undefined) this.#place(member, place);
    if (objects !== undefined) this.#show(member, objects);
    if (watch !== undefined) this.#watch(member, family, watch);
    if (pin !== undefined) this.#parts.watching.pin(member, family, pin);
  }

  /** Another connection took the key of this object, which the member may show no more by now. */
  evicted(member: Member, seen: Seen): void {
    const { held, addresses } = this.#parts;
    if (member.seen === seen) {
      member.seen = null;
      held.discard(member.id);
    } else if (member.objects.get(seen.key) === seen) member.objects.delete(seen.key);
    else return;
    addresses.update(member);
  }

  /** The member is gone: it is seen nowhere, sees nothing and has no address. */
  end(member: Member): void {
    const { placing, watching, addresses, topics, held, sent } = this.#parts;
    held.discard(member.id);
    placing.place(member, null);
    for (const key of [...member.objects.keys()]) placing.object(member, key, null);
    watching.end(member);
    addresses.end(member);
    sent.watches(topics.watches);
  }

  #place(member: Member, place: Place | null): void {
    const { placing, held, addresses } = this.#parts;
    const before = member.seen;
    if (before !== null && before.key !== place?.object) held.discard(member.id);
    else if (before !== null && before.topic.name !== place?.topic) held.flush(member.id);
    placing.place(member, place);
    if (member.seen?.key !== before?.key) addresses.update(member);
  }

  #show(member: Member, objects: readonly ObjectChange[]): void {
    const { placing, held, addresses } = this.#parts;
    // What was held back of an object leaves before the object moves on or vanishes.
    if (placing.takesAway(member, objects)) held.flush(member.id);
    let known = true;
    for (const { object, place } of objects) {
      known &&= place !== null && member.objects.has(object);
      placing.object(member, object, place);
    }
    // Mostly they only move.
    if (!known) addresses.update(member);
  }

  #watch(member: Member, family: string, watch: readonly string[]): void {
    const { watching, topics, sent } = this.#parts;
    member.wanted.set(family, watch);
    watching.watch(member, member.wanted.size === 1 ? watch : [...member.wanted.values()].flat());
    sent.watches(topics.watches);
  }
}
