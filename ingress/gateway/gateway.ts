import type { JsonObject } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Protocol } from '../../shared/protocol/index.ts';
import type { NetConnection, NetEvents } from '../net/types.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import { SeldomLog } from '../operations/seldom-log.ts';
import type { Clock } from '../ports/clock.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { DeliveryHub } from '../ports/delivery.ts';
import type { StateKeeper } from '../ports/state.ts';
import type { Router } from '../routing/index.ts';

export interface GatewayOptions {
  /** The protocol of the moment: routes may extend it at run time. */
  readonly protocol: () => Protocol;
  readonly router: Router;
  readonly keeper: StateKeeper;
  readonly delivery: DeliveryHub;
  /** Stage of a connection that has just opened. */
  readonly firstStage: string;
  /** Host that hand-over packets tell a client whose connection comes from an address; undefined for that of the ingress. */
  readonly publicHost: (peerAddress: string) => string | undefined;
  readonly meter: Meter;
  readonly log: Log;
  readonly clock: Clock;
}

/** Between the wire and routing: gives each socket its connection, and each frame its packet. */
export class Gateway implements NetEvents {
  readonly #options: GatewayOptions;
  readonly #connections = new Map<NetConnection, EdgeConnection>();
  readonly #outlets = new Map<string, NetConnection>();
  readonly #opened: (by: number) => void;
  readonly #seldom: SeldomLog;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#seldom = new SeldomLog(options.log, options.clock);
    this.#opened = options.meter.counter('connections_opened_total', {});
  }

  /** The way to the client of a connection; null for actors and for clients that are gone. */
  outlet(connection: EdgeConnection): NetConnection | null {
    return this.#outlets.get(connection.id) ?? null;
  }

  onOpen(net: NetConnection): void {
    const { router, keeper, delivery, firstStage, publicHost, log } = this.#options;
    const host = publicHost(net.peerAddress);
    const connection: EdgeConnection = {
      id: net.id,
      kind: 'client',
      actor: null,
      address: net.remoteAddress,
      ...(host === undefined ? {} : { publicHost: host }),
      stage: firstStage,
      state: keeper.open(),
      socket: net,
    };
    this.#connections.set(net, connection);
    this.#outlets.set(net.id, net);
    this.#opened(1);
    delivery.attach(connection);
    router.open(connection);
    log.debug({ connection: net.id, address: net.remoteAddress }, 'connection opened');
  }

  onFrame(
    net: NetConnection,
    type: number,
    buffer: Buffer,
    start: number,
    end: number,
    frameBytes: number,
  ): void {
    const connection = this.#connections.get(net);
    if (connection === undefined) return;
    const { router, clock } = this.#options;
    const readAt = clock.monotonic();
    const codec = this.#options.protocol().byType('c2s', type);
    if (codec === undefined) {
      router.rawPacket(connection, null, type, buffer.subarray(start, end), frameBytes, readAt);
      return;
    }
    let fields: JsonObject;
    try {
      fields = codec.decodePayload(buffer, start, end) as JsonObject;
    } catch (error) {
      this.#refuse(net, connection, codec.name, error);
      return;
    }
    router.packet(connection, codec.name, type, fields, frameBytes, readAt);
  }

  onPeerEnd(net: NetConnection): void {
    const connection = this.#connections.get(net);
    if (connection !== undefined) void this.#options.router.close(connection, 'client_closed');
  }

  onClose(net: NetConnection, code: EdgeError['code']): void {
    const connection = this.#connections.get(net);
    if (connection === undefined) return;
    this.#connections.delete(net);
    this.#outlets.delete(net.id);
    const { router, meter, log } = this.#options;
    meter.count('connections_closed_total', { reason: code });
    log.debug({ connection: net.id, code }, 'connection closed');
    void router.close(connection, code);
  }

  onRefused(code: EdgeError['code'], remoteAddress: string): void {
    this.#options.meter.count('connections_refused_total', { reason: code });
    this.#seldom.warn(code, { address: remoteAddress }, 'connection refused');
  }

  onFault(net: NetConnection, error: unknown): void {
    this.#options.log.error(
      { connection: net.id, err: error },
      'a connection failed inside the ingress; it is closed',
    );
  }

  /** A payload that its schema does not fit: counted with its reason, then the connection is closed. */
  #refuse(net: NetConnection, connection: EdgeConnection, packet: string, error: unknown): void {
    if (!EdgeError.is(error)) throw error;
    this.#options.meter.count('bad_frames_total', { reason: error.code });
    const facts = { connection: connection.id, packet, ...error.details };
    this.#seldom.warn(error.code, facts, 'payload refused; the connection is closed');
    net.close(error.code);
  }
}
