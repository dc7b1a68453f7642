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

  /**
   * Replaceable packets. Members that are not shown the object get none of them; members that are crowded get those of objects
   * outside their nearest later, the newest of each `key` only.
   */
  replaceable(
    members: Iterable<Member>,
    broadcast: Broadcast,
    except: string | null,
    subject: Seen | null,
    key: string,
    now: number,
  ): void {
    const at = subject === null ? null : positionOf(subject.place, now);
    let count = 0;
    let thinned = 0;
    for (const member of members) {
      if (member.id === except) continue;
      if (subject !== null && at !== null && member.id !== subject.connection) {
        if (!member.visible.has(subject)) {
          thinned += 1;
          continue;
        }
        if (member.reach !== Number.POSITIVE_INFINITY && !member.pinned.has(subject.key)) {
          const own = member.seen === null ? at : positionOf(member.seen.place, now);
          if (squaredDistance(own, at) > member.reach) {
            keepLate(member, subject, key, broadcast);
            thinned += 1;
            continue;
          }
        }
        member.late.get(subject)?.delete(key);
      }
      if (this.#send(member, broadcast, key)) count += 1;
    }
    this.#sent.broadcast('broadcast', broadcast, count);
    this.#sent.kind('thinned', thinned);
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
      const code = EdgeError.is(error) ? error.code : 'bad_delivery';
      this.#sent.dropped('packet', code, broadcast.frames.length);
      this.#log.warn({ code, connection: member.id, error: String(error) }, 'a client could not be sent to');
      return false;
    }
  }
}

function keepLate(member: Member, subject: Seen, key: string, broadcast: Broadcast): void {
  const kept = member.late.get(subject);
  if (kept === undefined) member.late.set(subject, new Map([[key, broadcast]]));
  else kept.set(key, broadcast);
}
