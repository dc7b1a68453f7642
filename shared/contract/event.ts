import type { JsonObject } from './json.ts';
import type { TurnState } from './state.ts';

/** The version of event and result. */
export const CONTRACT_VERSION = 1;

/** One invocation: turns of many connections for one family. */
export interface TurnEvent {
  readonly v: typeof CONTRACT_VERSION;
  readonly family: string;
  /** The ingress process that asks. */
  readonly ingress: string;
  readonly turns: readonly Turn[];
}

/** Consecutive messages of one connection for one family, with all that their handlers may know. */
export interface Turn {
  /** The same at every attempt: the key of idempotency. */
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
  readonly connection: TurnConnection;
  readonly state: TurnState;
  readonly messages: readonly Message[];
}

/** The connection of a turn: a client's socket, or an actor, which is a connection without a socket. */
export interface TurnConnection {
  readonly id: string;
  readonly kind: 'client' | 'actor';
  /** `actor/...` address of an actor, null for clients. */
  readonly actor: string | null;
  readonly stage: string;
  /** The peer's IP address, empty for actors. */
  readonly address: string;
  /** Address and port that a client can be sent to (hand-over packets). */
  readonly public: { readonly host: string; readonly port: number };
}

interface MessageBase {
  /** Counts the messages of the connection. */
  readonly seq: number;
  readonly name: string;
}

/** A decoded packet of the client; without schema `payload` is absent and `raw` holds the bytes as base64. */
export interface PacketMessage extends MessageBase {
  readonly kind: 'packet';
  readonly type: number;
  readonly payload?: JsonObject;
  readonly raw?: string;
}

/** A message of another connection's handlers, of the own handlers, or of the ingress (`edge.*`). */
export interface SignalMessage extends MessageBase {
  readonly kind: 'signal';
  readonly payload: JsonObject;
  /** Who sent it; answering means signalling to `connection/<id>`. */
  readonly from: SignalSource;
}

export interface SignalSource {
  readonly connection: string;
  readonly characterId: string | null;
  /** How many signals deep this one is; at most 4. */
  readonly hops: number;
}

/** A timer of this connection that came due. */
export interface TimerMessage extends MessageBase {
  readonly kind: 'timer';
  /** When it was due, milliseconds since 1970. */
  readonly at: number;
  readonly payload: JsonObject;
}

export type Message = PacketMessage | SignalMessage | TimerMessage;
