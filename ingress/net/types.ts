import type { ErrorCode } from '../../shared/errors/catalogue.ts';

/** One client's connection, as the rest of the ingress sees it. Every method may be called at any time; after the close they do nothing. */
export interface NetConnection {
  /** Short and unique in the process; not a secret. */
  readonly id: string;
  readonly remoteAddress: string;
  /** Where the connection comes from: the client itself, or the load balancer before it. */
  readonly peerAddress: string;
  /** How frames to this client are sealed. Throws `variant_undecided` before its first frame where the client decides it. */
  readonly variant: string;
  /** Bytes that wait here, in this tick's gathered write or behind a slow client. */
  readonly bytesQueued: number;
  /** Seals a plain frame and sends it with this tick's write. `plain` may be reused after the call. */
  send(plain: Buffer): void;
  /** Sends a frame that already has this connection's wire form. The buffer may be shared; it must never change again. */
  sendSealed(sealed: Buffer): void;
  /**
   * As `sendSealed`, but while the client is behind, a newer frame of the same key displaces the older one. The newer one takes its
   * place at the end of the queue, so that it never overtakes what was sent between the two.
   */
  sendReplaceable(key: string, sealed: Buffer): void;
  /** Stops handing on frames at once, and stops reading. What was read already is kept. May be called inside `onFrame`. */
  pause(): void;
  /** Goes on in a later tick: first with what was kept, then with reading. */
  resume(): void;
  /** Sends what is queued, then ends the connection; destroys it if the peer does not end its side in time. No frame is handed on any more. */
  close(code: ErrorCode): void;
}

/** What the wire tells the rest of the ingress. Exceptions go to `onFault` and close the connection. */
export interface NetEvents {
  onOpen(connection: NetConnection): void;
  /**
   * A whole frame: its payload is `buffer[payloadStart, payloadEnd)`, deciphered; `frameBytes` is its size on the wire. The header
   * of a plain frame lies before the payload. The buffer is reused after the call.
   */
  onFrame(
    connection: NetConnection,
    type: number,
    buffer: Buffer,
    payloadStart: number,
    payloadEnd: number,
    frameBytes: number,
  ): void;
  /**
   * The peer has ended its side between two frames and can still receive. Whoever takes this event calls `close('client_closed')` when
   * its last reply is sent (at the latest the idle time later it is done here). Without it the connection is closed at once.
   */
  onPeerEnd?(connection: NetConnection): void;
  /** Once for each connection that was opened, in a later tick than its cause; the socket may still be sending what was queued. */
  onClose(connection: NetConnection, code: ErrorCode): void;
  /** A connection that was never opened. */
  onRefused(code: ErrorCode, remoteAddress: string): void;
  /** One of the events above threw. */
  onFault(connection: NetConnection, error: unknown): void;
}
