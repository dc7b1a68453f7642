import type { Json, JsonObject } from '../../shared/contract/index.ts';
import type { Protocol } from '../../shared/protocol/index.ts';
import type { Framing } from '../net/framing.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Clock } from '../ports/clock.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { SignalSink } from '../ports/delivery.ts';
import type { Bus } from './bus.ts';

/** The way to one client: what delivery uses of a `NetConnection`. */
export interface Outlet {
  /** How frames to it are sealed; may throw before the client's first frame has decided it. */
  readonly variant: string;
  /** A plain frame, sealed and gathered at once; the buffer may be reused after the call. */
  send(plain: Buffer): void;
  /** A frame in this client's wire form; shared and never changed again. */
  sendSealed(sealed: Buffer): void;
  /** As `sendSealed`; while the client is behind, a newer one of the same key takes the place of the older one, at the end of the queue. */
  sendReplaceable(key: string, sealed: Buffer): void;
}

export interface DeliveryLimits {
  /** Objects that one client is shown at most, pinned ones not counted. Default 100. */
  readonly viewLimit: number;
  /** Replaceable packets leave at most this often per topic, in milliseconds. Default 50. */
  readonly replaceEveryMs: number;
  /** How often processes compare what they place in a topic, in milliseconds. Default 5,000. */
  readonly digestEveryMs: number;
  /** How often a crowded viewer is looked after at most, in milliseconds; packets that are thinned out for it leave then. Default 200. */
  readonly crowdEveryMs: number;
  /** How many crowded viewers are looked after at a time; others wait `replaceEveryMs` more. Default 32. */
  readonly crowdBatch: number;
  /** How long a signal or a question to another process waits for its answer, in milliseconds. Default 2,000. */
  readonly requestMs: number;
}

export const DEFAULT_LIMITS: DeliveryLimits = {
  viewLimit: 100,
  replaceEveryMs: 50,
  digestEveryMs: 5_000,
  crowdEveryMs: 200,
  crowdBatch: 32,
  requestMs: 2_000,
};

export interface DeliveryOptions {
  readonly ingressId: string;
  /** The protocol of the moment: routes may extend it at run time. */
  readonly protocol: () => Protocol;
  readonly framing: Pick<Framing, 'seal' | 'maxFrame'>;
  readonly bus: Bus;
  readonly sink: SignalSink;
  /** The way to a connection's client, asked once at `attach`; null for actors. */
  readonly outlet: (connection: EdgeConnection) => Outlet | null;
  /** Answers a question of another process about a connection of this one (see `DeliveryEdge.ask`). Default: nobody answers. */
  readonly control?: (connection: EdgeConnection, body: JsonObject) => Promise<Json> | Json;
  readonly meter: Meter;
  readonly log: Log;
  readonly clock: Clock;
  readonly limits?: Partial<DeliveryLimits>;
}
