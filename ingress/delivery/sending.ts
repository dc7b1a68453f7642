import type { Delivery } from '../../shared/contract/index.ts';
import type { Clock } from '../ports/clock.ts';
import { type Addresses, isIdentity } from './addresses.ts';
import type { BusMember, SendMessage } from './bus.ts';
import type { Encoder } from './encoder.ts';
import type { FanOut } from './fan-out.ts';
import type { Member } from './member.ts';
import { HeldBack } from './replaceable.ts';
import type { Seen } from './seen.ts';
import type { SentMeter } from './sent-meter.ts';
import type { Topics } from './topics.ts';

interface SendingParts {
  readonly clock: Clock;
  readonly bus: BusMember;
  readonly topics: Topics;
  readonly addresses: Addresses;
  readonly encoder: Encoder;
  readonly fanOut: FanOut;
  readonly sent: SentMeter;
  /** All objects that this process knows, by key. */
  readonly objects: ReadonlyMap<string, Seen>;
  /** The connections of this process, by id. */
  readonly members: ReadonlyMap<string, Member>;
  readonly replaceEveryMs: number;
}

/** Deliveries: to the members here at once, to those of other processes over the bus. */
export class Sending {
  /** Replaceable packets on their way. */
  readonly held: HeldBack;
  readonly #parts: SendingParts;

  constructor(parts: SendingParts) {
    this.#parts = parts;
    this.held = new HeldBack({
      clock: parts.clock,
      everyMs: parts.replaceEveryMs,
      leave: (topic, message) => this.#send(topic, message),
      drop: (reason) => {
        if (reason === 'replaced') parts.sent.kind('replaced', 1);
        parts.sent.dropped('replaceable', reason, 1);
      },
    });
  }

  /** `from` is the id of the connection that sends, `member` the same if it is attached. */
  deliver(from: string, member: Member | undefined, delivery: Delivery): void {
    const message: SendMessage = {
      k: 'send',
      packets: delivery.packets,
      sender: from,
      except: delivery.except === 'self' ? from : (delivery.except ?? null),
      replace: delivery.replace ?? null,
      object: objectOf(member, delivery),
    };
    if (message.replace !== null) {
      this.held.offer(delivery.to, message);
      return;
    }
    this.held.flush(from);
    this.#send(delivery.to, message);
  }

  /** To the members of this process. */
  here(topic: string, message: SendMessage): void {
    const { addresses, topics, encoder, objects, members, fanOut, clock } = this.#parts;
    const watched = topics.get(topic);
    const to = isIdentity(topic) ? addresses.at(topic) : watched?.watchers;
    if (to === undefined || to.size === 0) return;
    const broadcast = encoder.broadcast(message.packets, topic);
    if (broadcast === null) return;
    const seen = message.object === null ? undefined : objects.get(message.object);
    const subject = seen !== undefined && seen.topic === watched ? seen : null;
    if (message.replace === null) {
      fanOut.all(to, broadcast, message.except, subject);
      return;
    }
    const key = `${message.sender} ${message.replace}`;
    if (message.object === null) {
      fanOut.replaceable(to, broadcast, message.except, key);
    } else if (subject !== null) {
      const self = members.get(subject.connection);
      const own = self?.watch.has(subject.topic) === true ? self : null;
      fanOut.ofObject(subject, own, broadcast, message.except, key, clock.now());
    }
    // Nobody here sees the object: its appearance was lost, and the digest brings it with the position of that moment.
  }

  #send(topic: string, message: SendMessage): void {
    this.here(topic, message);
    if (this.#parts.bus.heard(topic)) this.#parts.bus.publish(topic, message);
  }
}

/** What is sent to another topic than the one in which its object is seen (a party, say) does not hang on who sees it. */
function objectOf(member: Member | undefined, { to, about }: Delivery): string | null {
  const own = member?.seen ?? null;
  const seen = about === undefined || about === own?.key ? own : member?.objects.get(about);
  return seen?.topic.name === to ? seen.key : null;
}
