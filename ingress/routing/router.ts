import type { JsonObject } from '../../shared/contract/index.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { SignalSink } from '../ports/delivery.ts';
import type { OwnerCalls } from '../ports/state.ts';
import type { RouteTable } from './route-table.ts';

/** Routing as the rest of the ingress uses it: packets and signals in, turns to the families, results applied. */
export interface Router extends SignalSink, Pick<OwnerCalls, 'lost'> {
  /** The route table of the moment. */
  readonly routes: RouteTable;
  /**
   * A client's connection begins; the caller has attached it to delivery, from which routing detaches it at its end. While the process
   * drains it is closed at once.
   */
  open(connection: EdgeConnection): void;
  /**
   * A packet whose fields are decoded.
   * @param frameBytes its size on the wire
   * @param readAt when its frame was read, on the monotonic clock
   */
  packet(
    connection: EdgeConnection,
    name: string,
    type: number,
    payload: JsonObject,
    frameBytes: number,
    readAt: number,
  ): void;
  /**
   * A packet that no schema describes; `bytes` is its payload and may be reused after the call.
   * @param name its name where the protocol knows one, else null
   */
  rawPacket(
    connection: EdgeConnection,
    name: string | null,
    type: number,
    bytes: Buffer,
    frameBytes: number,
    readAt: number,
  ): void;
  /**
   * The client is gone (its socket closed), or has said all (half-closed: its replies still leave). What was read is handled in
   * order, then handlers are told, state is let go, and the socket is closed with `code`. Resolves when all that is done.
   */
  close(connection: EdgeConnection, code: ErrorCode): Promise<void>;
  /** Ends a connection now: what waits is dropped, the turn in flight is finished, handlers are told, state is let go. */
  kick(connection: EdgeConnection, code: ErrorCode): Promise<void>;
  /** Goes on by another route table; turns in flight finish by the old one. */
  replaceRoutes(table: RouteTable): void;
  /** Ends all connections within `limit` milliseconds. Resolves to how many had to be cut short. */
  drain(limit: number): Promise<number>;
  /** What routing holds at present. */
  readonly size: { readonly connections: number; readonly timers: number };
}
