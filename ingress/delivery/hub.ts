import type { Json, JsonObject, Packet } from '../../shared/contract/index.ts';
import type { DeliveryHub, SignalEnvelope } from '../ports/delivery.ts';
import { Addresses } from './addresses.ts';
import { type BusMember, type BusMessage, EVERYONE, inbox } from './bus.ts';
import { Copies } from './copies.ts';
import { Crowd } from './crowd.ts';
import { Digest } from './digest.ts';
import { Encoder } from './encoder.ts';
import { FanOut } from './fan-out.ts';
import { Looks } from './looks.ts';
import { type Member, newMember } from './member.ts';
import { DEFAULT_LIMITS, type DeliveryOptions } from './options.ts';
import { Placing } from './placing.ts';
import { Presence } from './presence.ts';
import type { Seen } from './seen.ts';
import { Sending } from './sending.ts';
import { SentMeter } from './sent-meter.ts';
import { Signals } from './signals.ts';
import { Subscriptions } from './subscriptions.ts';
import { tend } from './tend.ts';
import { Topics } from './topics.ts';
import { Watching } from './watching.ts';

/** A process is judged dead by its objects after so many digests of it were missed. */
const MISSED_DIGESTS = 3.5;

/** The hub, with what the rest of the ingress uses beyond the port. */
export interface DeliveryEdge extends DeliveryHub {
  /** Asks the connection at an address something (`DeliveryOptions.control` answers), on any process; null when nobody answers. */
  ask(address: string, body: JsonObject): Promise<Json>;
  /** Ends timers and leaves the bus. */
  stop(): void;
}

/** Fan-out for the connections of one ingress process. */
export function createDeliveryHub(options: DeliveryOptions): DeliveryEdge {
  const { ingressId, clock, sink, log } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const bus: BusMember = options.bus.join(ingressId, {
    onMessage: (topic, message, from) => onMessage(topic, message, from),
    onRequest: (topic, request) => signals.onRequest(topic, request),
  });
  const members = new Map<string, Member>();
  const objects = new Map<string, Seen>();
  const subscriptions = new Subscriptions(bus);
  const topics = new Topics(subscriptions);
  const addresses = new Addresses(subscriptions);
  const sent = new SentMeter(options.meter);
  const encoder = new Encoder(options, sent);
  const fanOut = new FanOut(sent, log);
  const crowd = new Crowd({
    clock,
    stepMs: limits.replaceEveryMs,
    everyMs: limits.crowdEveryMs,
    batch: limits.crowdBatch,
    tend: (member) => tend(member, clock.now(), limits.viewLimit, presence, fanOut),
  });
  const presence = new Presence({ encoder, fanOut, sent, clock, viewLimit: limits.viewLimit }, crowd);
  const copies = new Copies({ ingressId, clock, bus, topics, presence, objects });
  const watching = new Watching(topics, presence, copies, objects);
  const sending = new Sending({
    clock,
    bus,
    topics,
    addresses,
    encoder,
    fanOut,
    sent,
    objects,
    members,
    replaceEveryMs: limits.replaceEveryMs,
  });
  const { held } = sending;
  const digest = new Digest({
    ingressId,
    clock,
    bus,
    topics,
    everyMs: limits.digestEveryMs,
    expire: (topic) => copies.expire(topic, MISSED_DIGESTS * limits.digestEveryMs),
    round: () => held.sweep(),
  });
  const placing = new Placing({
    ingressId,
    clock,
    bus,
    topics,
    presence,
    objects,
    vacated: (topic) => digest.vacated(topic),
    evicted(seen) {
      const member = members.get(seen.connection);
      if (member !== undefined) looks.evicted(member, seen);
    },
  });
  const looks = new Looks({ placing, watching, addresses, topics, held, sent });
  const signals = new Signals({
    addresses,
    bus,
    sink,
    control: options.control,
    requestMs: limits.requestMs,
  });
  subscriptions.add(EVERYONE);
  subscriptions.add(inbox(ingressId));

  function onMessage(topic: string, message: BusMessage, from: string): void {
    if (message.k === 'send') sending.here(topic, message);
    else if (message.k === 'place') copies.onPlace(from, message);
    else if (message.k === 'state') copies.onState(from, message);
    else if (message.k === 'digest') copies.onDigest(from, message);
    else if (message.k === 'ask') digest.onAsk(from, message);
    else log.debug({ topic, from }, 'a message of another version of this service was ignored');
  }

  return {
    attach(connection) {
      const outlet = connection.kind === 'client' ? options.outlet(connection) : null;
      const member = newMember(connection, outlet);
      members.set(connection.id, member);
      addresses.update(member);
    },

    detach(connection) {
      const member = members.get(connection.id);
      if (member === undefined) return;
      looks.end(member);
      members.delete(member.id);
    },

    identify(connection) {
      const member = members.get(connection.id);
      if (member !== undefined) addresses.update(member);
    },

    reply(connection, packets: readonly Packet[]) {
      const outlet = members.get(connection.id)?.outlet ?? null;
      if (outlet === null) return true;
      let all = true;
      for (const packet of packets) {
        const frame = encoder.scratch(packet, connection.id);
        if (frame === null) {
          all = false;
          continue;
        }
        outlet.send(frame);
        sent.packet(encoder.nameOf(packet), frame.length, 1);
      }
      return all;
    },

    look(connection, family, look) {
      const member = members.get(connection.id);
      if (member !== undefined) looks.change(member, family, look);
    },

    deliver: (from, delivery) => sending.deliver(from.id, members.get(from.id), delivery),

    signal: (envelope: SignalEnvelope) => signals.send(envelope),

    ask: (address, body) => signals.ask(address, body),

    stop() {
      digest.stop();
      crowd.stop();
      held.stop();
      bus.leave();
    },
  };
}
