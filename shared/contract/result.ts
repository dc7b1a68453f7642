import type { CONTRACT_VERSION } from './event.ts';
import type { JsonObject } from './json.ts';
import type { Packet } from './packet.ts';
import type { StateChange } from './state.ts';

/** The answer to an event: each of its turns exactly once, in any order. */
export interface TurnsResult {
  /** Version of the contract. */
  readonly v: typeof CONTRACT_VERSION;
  /** One for each turn of the event. One that is missing, foreign or there twice counts as failed. */
  readonly turns: readonly TurnResult[];
}

/** What one turn brought about. It is applied as a whole: state first, then everything that leaves. */
export interface TurnResult {
  /** Of the turn that this answers. */
  readonly turnId: string;
  /** What changes of the connection. */
  readonly state?: StateChange;
  /** Packets to the turn's own client, in order, in one write. */
  readonly replies?: readonly Packet[];
  /** Packets to others. */
  readonly deliveries?: readonly Delivery[];
  /** Messages to other connections' handlers, or to oneself. */
  readonly signals?: readonly Signal[];
  /** Where the connection is seen from now on; null: nowhere. Absent: unchanged. */
  readonly place?: Place | null;
  /** Further objects that the connection shows (an actor's monsters and items): the changes, by object. */
  readonly objects?: readonly ObjectChange[];
  /**
   * All topics that this family has the connection see from now on; what other families watch stays. The ingress sends only the
   * difference. Absent: unchanged.
   */
  readonly watch?: readonly string[];
  /**
   * All objects (`MAP/ID`) that this family has the client shown whatever VIEW_LIMIT, as far as they are in topics that it watches: its party, its
   * target. What other families pin stays. Absent: unchanged.
   */
  readonly pin?: readonly string[];
  /** Timers to arm or cancel, in order. */
  readonly timers?: readonly TimerChange[];
  /** Derived sections whose entity has changed behind the ingress. */
  readonly reread?: readonly string[];
  /** Close the connection after everything was sent. */
  readonly close?: CloseRequest;
  /** Index into the turn's messages: those before count, this one is refused (its failure reply is among the replies), later ones are dispatched again. */
  readonly failedAt?: number;
  /**
   * Number of messages that ran, when the turn ended early without a failure: those from this index on never began and are dispatched
   * again, after everything here was applied. Handlers end a turn early after a change of stage, user or character, after `reread` and
   * `close`, since what follows must be judged by the new state, and when their time runs out. At least 1. Absent: all ran. Not together with
   * `failedAt`.
   */
  readonly handled?: number;
  /** Refusals that a metric counts, by code of the family: `{reason}` such as `too_far`. */
  readonly refusals?: readonly Refusal[];
}

/** A message of this turn that was refused for a reason that players can cause. */
export interface Refusal {
  /** Index into the turn's messages. */
  readonly message: number;
  /** Short and stable, such as `name_taken`: the label of a metric. */
  readonly reason: string;
}

/** Packets to everyone in a topic: `connection/ID user/ID character/ID party/ID clan/ID map/ID/CELL map/ID all`. */
export interface Delivery {
  /** The topic. Nobody in it is no error. */
  readonly to: string;
  /** In order; each is encoded once, however many receive it. */
  readonly packets: readonly Packet[];
  /** A connection that is left out; `self` is the turn's own. */
  readonly except?: string;
  /**
   * The object of the sender that the packets tell of (`MAP/ID`, one of `objects`): replaceable ones go only to those who see it. Absent: what the
   * sender itself is seen as. Without meaning in other topics than the object's own.
   */
  readonly about?: string;
  /** A newer delivery of the same topic and key may take this one's place (positions). At most one per 50 ms leaves. */
  readonly replace?: string;
}

/**
 * A message to another connection's handlers, run in its order with its state.
 * `to`: `self`, `connection/ID`, `character/ID`, `user/ID`, `object/MAP/ID` or `actor/...`. One that nobody takes comes back as
 * the signal `edge.undeliverable` with `{to, name, payload}`.
 */
export interface Signal {
  /** The address. */
  readonly to: string;
  /** One that a family's manifest lists in `signals`. */
  readonly name: string;
  /** The sender's own facts: the receiver's handler judges by its state. */
  readonly payload: JsonObject;
}

/** The one topic in which a connection is seen, and what the viewers of that topic are shown. */
export interface Place {
  /** Such as `map/1/12,13`. */
  readonly topic: string;
  /** Unique among the living: `MAP/ID`. The connection takes signals at `object/MAP/ID`. */
  readonly object: string;
  /** What a viewer is sent when the object comes into sight. */
  readonly appear: Packet;
  /** What a viewer is sent when it goes out of sight. */
  readonly vanish: Packet;
  /** Present while moving: newcomers are shown the position of the moment. */
  readonly motion?: Motion;
  /** The position at rest, for distances; while moving `motion` says it. */
  readonly at: Point;
}

/** An object that a connection shows besides its own place: shown, moved, or with `place` null taken away. */
export interface ObjectChange {
  /** `MAP/ID`; the same as `place.object`. */
  readonly object: string;
  /** Where it is seen from now on; null: nowhere. */
  readonly place: Place | null;
}

/** A point of a map, in units; 100 are a metre. */
export interface Point {
  /** Units. */
  readonly x: number;
  /** Units. */
  readonly y: number;
}

/** A straight walk. The ingress writes the position of the moment into the fields of the presence packet that `fields` names. */
export interface Motion {
  /** Where the walk began. */
  readonly from: Point;
  /** Where it ends. */
  readonly to: Point;
  /** Units a second, above 0. */
  readonly speed: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Names of the fields of `appear` that hold the position. */
  readonly fields: { readonly x: string; readonly y: string };
}

/** Arms a timer of this connection; the same name again moves it. */
export interface ArmTimer {
  /** One of the manifest's `timers`. */
  readonly name: string;
  /** When it is due, milliseconds since 1970; the past means at once. */
  readonly at: number;
  /** Comes back with the timer message. Absent: an empty object. */
  readonly payload?: JsonObject;
  /** The owned section with which it is persisted and armed again on resume. Absent: it ends with the connection. */
  readonly section?: string;
}

/** Cancels a timer of this connection; no error when it is not armed. */
export interface CancelTimer {
  /** One of the manifest's `timers`. */
  readonly name: string;
  /** Always true. */
  readonly cancel: true;
}

export type TimerChange = ArmTimer | CancelTimer;

/** Asks for the end of the connection. */
export interface CloseRequest {
  /** Why, for the log: short and stable. */
  readonly reason: string;
}
