import type { Place } from '../../shared/contract/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { Broadcast } from './broadcast.ts';
import type { Crowd } from './crowd.ts';
import type { Encoder } from './encoder.ts';
import type { FanOut } from './fan-out.ts';
import type { Member } from './member.ts';
import { presenceAt } from './motion.ts';
import type { Seen } from './seen.ts';
import type { SentMeter } from './sent-meter.ts';
import type { Topic } from './topics.ts';

interface PresenceParts {
  readonly encoder: Encoder;
  readonly fanOut: FanOut;
  readonly sent: SentMeter;
  readonly clock: Clock;
  /** VIEW_LIMIT. */
  readonly viewLimit: number;
}

/**
 * Keeps every client's picture of the world straight: each object appears once before it vanishes, and vanishes once before it
 * appears again. All appearances and vanishings of the hub go through `show` and `hide`.
 */
export class Presence {
  readonly #parts: PresenceParts;
  readonly #crowd: Crowd;

  constructor(parts: PresenceParts, crowd: Crowd) {
    this.#parts = parts;
    this.#crowd = crowd;
  }

  /** The member should see the object. Above the limit it is left to the crowd when. */
  show(member: Member, seen: Seen): void {
    if (seen.connection === member.id || member.visible.has(seen)) return;
    if (this.hasRoom(member) || member.pinned.has(seen.key)) this.#appear(member, seen);
    else this.#crowd.add(member);
  }

  /** The member should see the object no more. */
  hide(member: Member, seen: Seen): void {
    if (!member.visible.delete(seen)) return;
    seen.viewers.delete(member);
    this.#forgetLate(member, seen);
    const vanish = this.#vanishOf(seen);
    if (vanish !== null) this.#parts.fanOut.one('vanish', member, vanish);
  }

  /** Takes a member that is gone out of all pictures, without sending it anything. */
  forget(member: Member): void {
    for (const seen of member.visible) seen.viewers.delete(member);
    member.visible.clear();
    member.late.clear();
    this.#crowd.remove(member);
  }

  /** The object has a new place: another topic, or another look in the same one. Only those who see a difference are told. */
  move(seen: Seen, version: number, place: Place, topic: Topic): void {
    const before = seen.topic;
    const news = topic !== before || seen.broken;
    if (topic !== before) {
      for (const member of [...seen.viewers]) if (!topic.watchers.has(member)) this.hide(member, seen);
      before.objects.delete(seen);
      topic.objects.add(seen);
      seen.topic = topic;
    }
    seen.version = version;
    seen.place = place;
    seen.appear = null;
    seen.broken = false;
    // While anybody sees it, what takes it away stays what came with its appearance.
    if (seen.viewers.size === 0) seen.vanish = null;
    // All who watch the topic have been shown it already, or are left to the crowd.
    if (news) this.showToAll(seen);
  }

  /** To all watchers of its topic who do not see it yet. */
  showToAll(seen: Seen): void {
    for (const member of seen.topic.watchers) this.show(member, seen);
  }

  /** The object is gone for everybody here. */
  remove(seen: Seen): void {
    for (const member of [...seen.viewers]) this.hide(member, seen);
    seen.topic.objects.delete(seen);
  }

  hasRoom(member: Member): boolean {
    const { viewLimit } = this.#parts;
    if (member.visible.size < viewLimit) return true;
    if (member.pinned.size === 0) return false;
    let pinned = 0;
    for (const seen of member.visible) if (member.pinned.has(seen.key)) pinned += 1;
    return member.visible.size - pinned < viewLimit;
  }

  // What cannot be encoded, or sent, did not appear: it must not vanish either, and may appear when its next look can be encoded.
  // What could not be taken away again does not appear.
  #appear(member: Member, seen: Seen): void {
    if (seen.broken) return;
    const appear = this.#appearOf(seen);
    if (appear === null || this.#vanishOf(seen) === null) {
      seen.broken = true;
      return;
    }
    if (!this.#parts.fanOut.one('appear', member, appear)) return;
    member.visible.add(seen);
    seen.viewers.add(member);
  }

  #appearOf(seen: Seen): Broadcast | null {
    const now = this.#parts.clock.now();
    const known = seen.appear;
    if (known !== null && (seen.place.motion === undefined || known.at === now)) return known.packet;
    const packet = this.#parts.encoder.broadcast([presenceAt(seen.place, now)], seen.topic.name);
    if (packet !== null) seen.appear = { at: now, packet };
    return packet;
  }

  #vanishOf(seen: Seen): Broadcast | null {
    seen.vanish ??= this.#parts.encoder.broadcast([seen.place.vanish], seen.topic.name);
    return seen.vanish;
  }

  #forgetLate(member: Member, seen: Seen): void {
    const kept = member.late.get(seen);
    if (kept === undefined) return;
    member.late.delete(seen);
    this.#parts.sent.dropped('replaceable', 'vanished', kept.size);
  }
}
