import type { JsonObject } from './json.ts';
import type { TurnState } from './state.ts';

/** The version of event and result. */
export const CONTRACT_VERSION = 1;

/** One invocation: turns of many connections for one family. */
export interface TurnEvent {
  /** Version of the contract. */
  readonly v: typeof CONTRACT_VERSION;
  /** The family that is asked. A function of another one refuses the event. */
  readonly family: string;
  /** The ingress process that asks. */
  readonly ingress: string;
  /** At most one of each connection; they know nothing of each other. */
  readonly turns: readonly Turn[];
}

/** Consecutive messages of one connection for one family, with all that their handlers may know. */
export interface Turn {
  /** The same at every attempt. */
  readonly turnId: string;
  /** 1 at first; all else is identical in a retry. */
  readonly attempt: number;
  /** The clock: milliseconds since 1970. Handlers read no other. */
  readonly now: number;
  /** The dice: an unsigned 32-bit seed. Handlers roll no other. */
  readonly seed: number;
  /** Fencing epoch of the owned character; 0 when none is owned. Every write for the character conditions on it. */
  readonly epoch: number;
  /** Milliseconds since 1970 after which the result no longer counts. */
  readonly deadline: number;
  /** Whose turn it is. */
  readonly connection: TurnConnection;
  /** Who is connected, and the sections. */
  readonly state: TurnState;
  /** In the order in which they came; at least one. */
  readonly messages: readonly Message[];
}

/** The connection of a turn: a client's socket, or an actor, which is a connection without a socket. */
export interface TurnConnection {
  /** Unique across all ingress processes and for all time. */
  readonly id: string;
  /** `client` has a socket, `actor` has none. */
  readonly kind: 'client' | 'actor';
  /** `actor/...` address of an actor, null for clients. */
  readonly actor: string | null;
  /** The stage at the turn's begin. Handlers set it; it decides which packets are allowed. */
  readonly stage: string;
  /** The peer's IP address, empty for actors. */
  readonly address: string;
  /** Address and port that a client can be sent to (hand-over packets). */
  readonly public: { readonly host: string; readonly port: number };
}

/** What every message has. */
interface MessageBase {
  /** Counts the messages of the connection; with the connection's id the key of idempotency, also when the message comes again in another turn. */
  readonly seq: number;
  /** Name of the packet, signal or timer: it finds the handler. */
  readonly name: string;
}

/** A decoded packet of the client; without schema `payload` is absent and `raw` holds the bytes as base64. */
export interface PacketMessage extends MessageBase {
  /** Tells the three sorts of message apart. */
  readonly kind: 'packet';
  /** Type number on the wire in the client's profile. Names are the same in all profiles: prefer them. */
  readonly type: number;
  /** The decoded fields. Absent: the type has no schema. */
  readonly payload?: JsonObject;
  /** The payload bytes as base64, header excluded, of a type without schema. */
  readonly raw?: string;
}

/** A message of another connection's handlers, of the own handlers, or of the ingress (`edge.*`). */
export interface SignalMessage extends MessageBase {
  /** Tells the three sorts of message apart. */
  readonly kind: 'signal';
  /** What the sender said. It is data of another player's handlers: check it. */
  readonly payload: JsonObject;
  /** The address it was sent to, such as `object/MAP/ID`; the connection's own for signals of the ingress. */
  readonly to: string;
  /** Who sent it; answering means signalling to `connection/<id>`. */
  readonly from: SignalSource;
}

/** Where a signal comes from. */
export interface SignalSource {
  /** Id of the connection whose turn sent it; the own one for `edge.*`. */
  readonly connection: string;
  /** The character that it played then. */
  readonly characterId: string | null;
  /** How many signals deep this one is; at most 4. */
  readonly hops: number;
}

/** A timer of this connection that came due. */
export interface TimerMessage extends MessageBase {
  /** Tells the three sorts of message apart. */
  readonly kind: 'timer';
  /** When it was due, milliseconds since 1970. */
  readonly at: number;
  /** What it was armed with. */
  readonly payload: JsonObject;
}

export type Message = PacketMessage | SignalMessage | TimerMessage;
