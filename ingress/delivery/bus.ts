import type { Json, JsonObject, Packet, Place } from '../../shared/contract/index.ts';
import type { SignalEnvelope } from '../ports/delivery.ts';

/**
 * What ingress processes tell each other. Everything that crosses is plain JSON, so that any broker can carry it. A bus may lose
 * messages (digests heal that) but never doubles them, and what one process publishes reaches another in the order it was published,
 * whatever the topics.
 */
export interface Bus {
  /** Joins as one ingress process; its id is unique among all that ever share the bus. */
  join(ingressId: string, receiver: BusReceiver): BusMember;
}

/** What a process does with what it hears. */
export interface BusReceiver {
  /** A message of another process on a topic that this one subscribes to. */
  onMessage(topic: string, message: BusMessage, from: string): void;
  /** A question to whoever is at this topic; null means "not me". */
  onRequest(topic: string, request: BusRequest, from: string): Promise<Json> | Json;
}

/** One process's access to the bus. */
export interface BusMember {
  subscribe(topic: string): void;
  unsubscribe(topic: string): void;
  /** False only when surely no other process subscribes to the topic: then publishing can be saved. */
  heard(topic: string): boolean;
  /** To all other subscribers of the topic, never to oneself. */
  publish(topic: string, message: BusMessage): void;
  /** Asks all other subscribers; the first answer that is not null, or null when all said so or none came in `timeoutMs`. */
  request(topic: string, request: BusRequest, timeoutMs: number): Promise<Json>;
  /** Subscriptions and open requests end. */
  leave(): void;
}

/** An object as processes tell each other of it. */
export interface PlacedObject {
  /** The connection that is seen; a viewer does not see itself. */
  readonly connection: string;
  /** Grows with each change of the object; across processes too, as it starts from the clock. */
  readonly version: number;
  readonly place: Place;
}

/** Packets for the members of a topic. */
export interface SendMessage {
  readonly k: 'send';
  readonly packets: readonly Packet[];
  /** The connection that sends; replaceable packets of one sender never displace those of another. */
  readonly sender: string;
  /** A connection that is left out, or null. */
  readonly except: string | null;
  /** The replace key, or null. */
  readonly replace: string | null;
  /** The object that the packets tell of, which is seen in this very topic, or null. */
  readonly object: string | null;
}

/** An object appeared, changed, moved between topics or vanished. Published on the topic it left and on the one it entered. */
export interface PlaceMessage {
  readonly k: 'place';
  readonly object: string;
  readonly connection: string;
  readonly version: number;
  /** Null when it is seen nowhere any more. */
  readonly place: Place | null;
}

/** A short sum of all objects that the sender places in the topic. A receiver with another sum asks. */
export interface DigestMessage {
  readonly k: 'digest';
  readonly topic: string;
  readonly count: number;
  readonly sum: number;
}

/** "Tell me all that you place in these topics." */
export interface AskMessage {
  readonly k: 'ask';
  readonly topics: readonly string[];
}

/** The answer: all that the sender places in the topic, nothing left out. */
export interface StateMessage {
  readonly k: 'state';
  readonly topic: string;
  readonly objects: readonly PlacedObject[];
}

export type BusMessage = SendMessage | PlaceMessage | DigestMessage | AskMessage | StateMessage;

/** A signal for whoever is at the topic (answered with true when taken), or a question of one ingress to another. */
export type BusRequest =
  | { readonly k: 'signal'; readonly envelope: SignalEnvelope }
  | { readonly k: 'control'; readonly body: JsonObject };

/** The topic that every process hears. */
export const EVERYONE = 'ingress';

/** The topic that one process alone hears. */
export function inbox(ingressId: string): string {
  return `ingress/${ingressId}`;
}
