import type { Point } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Log } from '../operations/log.ts';
import type { Broadcast } from './broadcast.ts';
import type { Member } from './member.ts';
import { positionOf, squaredDistance } from './motion.ts';
import type { Seen } from './seen.ts';
import type { SentMeter } from './sent-meter.ts';

/** Hands broadcasts to members. A member that cannot be sent to does not keep the others from it. */
export class FanOut {
  readonly #sent: SentMeter;
  readonly #log: Log;

  constructor(sent: SentMeter, log: Log) {
    this.#sent = sent;
    this.#log = log;
  }

  /** To every member but one. `subject` is the object that the packets tell of: what is late of it goes first. */
  all(members: Iterable<Member>, broadcast: Broadcast, except: string | null, subject: Seen | null): void {
    let count = 0;
    for (const member of members) {
      if (member.id === except) continue;
      if (subject !== null && member.late.size > 0) this.late(member, subject);
      if (this.#send(member, broadcast, null)) count += 1;
    }
    this.#sent.broadcast('broadcast', broadcast, count);
  }

  /** Replaceable packets that tell of no object in particular. */
  replaceable(members: Iterable<Member>, broadcast: Broadcast, except: string | null, key: string): void {
    let count = 0;
    for (const member of members) if (member.id !== except && this.#send(member, broadcast, key)) count += 1;
    this.#sent.broadcast('broadcast', broadcast, count);
  }

  /**
   * Replaceable packets of an object: to those who see it, and to `own`, who is it. Members that are not shown the object get none
   * of them; crowded members get those of objects outside their nearest later, the newest of each `key` only.
   */
  ofObject(
    subject: Seen,
    own: Member | null,
    broadcast: Broadcast,
    except: string | null,
    key: string,
    now: number,
  ): void {
    const at = positionOf(subject.place, now);
    let count = 0;
    let later = 0;
    for (const member of subject.viewers) {
      if (member.id === except) continue;
      if (member.reach !== Number.POSITIVE_INFINITY && isFar(member, subject, at, now)) {
        keepLate(member, subject, key, broadcast);
        later += 1;
        continue;
      }
      if (member.late.size > 0) member.late.get(subject)?.delete(key);
      if (this.#send(member, broadcast, key)) count += 1;
    }
    if (own !== null && own.id !== except && this.#send(own, broadcast, key)) count += 1;
    this.#sent.broadcast('broadcast', broadcast, count);
    const unseen = subject.topic.watchers.size - subject.viewers.size - (own === null ? 0 : 1);
    this.#sent.kind('thinned', later + unseen);
  }

  /** Sends what is late of one object to a member. */
  late(member: Member, subject: Seen): void {
    const kept = member.late.get(subject);
    if (kept === undefined) return;
    member.late.delete(subject);
    for (const [key, broadcast] of kept) {
      if (this.#send(member, broadcast, key)) this.#sent.broadcast('broadcast', broadcast, 1);
    }
  }

  /** One member; false when it could not be sent to. */
  one(kind: 'appear' | 'vanish', member: Member, broadcast: Broadcast): boolean {
    const sent = this.#send(member, broadcast, null);
    if (sent) this.#sent.broadcast(kind, broadcast, 1);
    return sent;
  }

  #send(member: Member, broadcast: Broadcast, key: string | null): boolean {
    const { outlet } = member;
    if (outlet === null) return false;
    try {
      const sealed = broadcast.sealed(outlet.variant);
      if (key === null) outlet.sendSealed(sealed);
      else outlet.sendReplaceable(key, sealed);
      return true;
    } catch (error) {
      this.#failed(member, broadcast, error);
      return false;
    }
  }

  #failed(member: Member, broadcast: Broadcast, error: unknown): void {
    const code = EdgeError.is(error) ? error.code : 'bad_delivery';
    this.#sent.dropped('packet', code, broadcast.frames.length);
    this.#log.warn({ code, connection: member.id, error: String(error) }, 'a client could not be sent to');
  }
}

function isFar(member: Member, subject: Seen, at: Point, now: number): boolean {
  if (member.seen === null || member.pinned.has(subject.key)) return false;
  return squaredDistance(positionOf(member.seen.place, now), at) > member.reach;
}

function keepLate(member: Member, subject: Seen, key: string, broadcast: Broadcast): void {
  const kept = member.late.get(subject);
  if (kept === undefined) member.late.set(subject, new Map([[key, broadcast]]));
  else kept.set(key, broadcast);
}
