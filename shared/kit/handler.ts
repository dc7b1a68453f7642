import type {
  CharacterRef,
  CloseRequest,
  Delivery,
  JsonObject,
  ObjectChange,
  Packet,
  Place,
  Signal,
  SignalMessage,
  TimerChange,
  TimerMessage,
} from '../contract/index.ts';
import type { ClientPackets } from '../protocol/packets.generated.ts';
import type { SectionName } from '../sections/index.ts';
import type { Context } from './context.ts';
import type { SectionKey, SectionNameOf, SectionTypes } from './section-types.ts';

/** What a handler changes of the connection; absent means unchanged. See StateChange of the contract. */
export interface HandlerState<S extends SectionKey> {
  readonly stage?: string;
  readonly userId?: string | null;
  readonly sessionId?: string | null;
  readonly characterId?: string | null;
  readonly characters?: readonly CharacterRef[];
  readonly sections?: { readonly [K in keyof SectionTypes<S>]?: SectionTypes<S>[K] | null };
}

/** The result of one handler. The adapter joins the results of a turn's messages in order. An empty object is an answer too. */
export interface HandlerResult<S extends SectionKey = SectionName> {
  readonly state?: HandlerState<S>;
  readonly replies?: readonly Packet[];
  readonly deliveries?: readonly Delivery[];
  readonly signals?: readonly Signal[];
  readonly place?: Place | null;
  /** Further objects of an actor: monsters, items on the ground. */
  readonly objects?: readonly ObjectChange[];
  readonly watch?: readonly string[];
  /** Objects (`MAP/ID`) that the client is shown whatever the view limit, instead of those that the family named before. */
  readonly pin?: readonly string[];
  readonly timers?: readonly TimerChange[];
  readonly reread?: readonly SectionNameOf<S>[];
  readonly close?: CloseRequest;
  /** The message was refused: short and stable, such as `name_taken`; counted. Replies and all else still apply. */
  readonly refused?: string;
}

type Result<S extends SectionKey> = HandlerResult<S> | Promise<HandlerResult<S>>;

/** Handles a packet. `payload` holds its decoded fields. */
export type PacketHandler<N extends keyof ClientPackets, S extends SectionKey, V> = (
  context: Context<S, V>,
  payload: ClientPackets[N],
) => Result<S>;

/** Handles a packet whose schema the family itself brings. */
export type CustomHandler<S extends SectionKey, V> = (
  context: Context<S, V>,
  payload: JsonObject,
) => Result<S>;

/** Handles a signal; `message.from` says who sent it. */
export type SignalHandler<S extends SectionKey, V> = (
  context: Context<S, V>,
  payload: JsonObject,
  message: SignalMessage,
) => Result<S>;

/** Handles a timer that came due. */
export type TimerHandler<S extends SectionKey, V> = (
  context: Context<S, V>,
  payload: JsonObject,
  message: TimerMessage,
) => Result<S>;
