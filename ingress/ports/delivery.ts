import type {
  Delivery,
  JsonObject,
  ObjectChange,
  Packet,
  Place,
  SignalSource,
} from '../../shared/contract/index.ts';
import type { EdgeConnection } from './connection.ts';

/** What a turn changes of being seen and seeing. */
export interface Look {
  readonly place?: Place | null;
  readonly objects?: readonly ObjectChange[];
  readonly watch?: readonly string[];
  /** Keys of objects that are shown whatever the view limit. */
  readonly pin?: readonly string[];
}

/** Fan-out: topics, visible sets, addresses. Knows packets, not what they mean. */
export interface DeliveryHub {
  /** A connection begins. Clients take packets; both kinds take signals at `connection/ID`, actors at their address too. */
  attach(connection: EdgeConnection): void;
  /** It ends: unseen everywhere, its addresses and topics gone. */
  detach(connection: EdgeConnection): void;
  /** Its identity changed: it is reached at `user/ID` and `character/ID` from now on. */
  identify(connection: EdgeConnection): void;
  /** Packets to the own client, gathered for one write. Returns false for one that cannot be encoded (logged, counted). */
  reply(connection: EdgeConnection, packets: readonly Packet[]): boolean;
  /**
   * Place, objects, watch and pin in one operation; undefined leaves as is. `watch` and `pin` are those of the family, joined with those of others.
   * Only the difference is sent.
   */
  look(connection: EdgeConnection, family: string, look: Look): void;
  deliver(from: EdgeConnection, delivery: Delivery): void;
  /** Hands a signal to whoever is at the address, on any ingress. Resolves to false when nobody took it. */
  signal(envelope: SignalEnvelope): Promise<boolean>;
}

export interface SignalEnvelope {
  readonly to: string;
  readonly name: string;
  readonly payload: JsonObject;
  readonly from: SignalSource;
  /** `turnId/index`: the receiver takes each once. */
  readonly key: string;
}

/** What delivery asks of routing: a signal for a connection of this process. */
export interface SignalSink {
  /** False when the connection is closing, or has too much to handle already. A key taken before counts as taken, but runs only once. */
  take(connection: EdgeConnection, envelope: SignalEnvelope): boolean;
  /** Asked for an address `actor/...` that nobody has: start the actor here. */
  startActor(address: string): Promise<EdgeConnection | null>;
}
