import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { ConnectionState } from './connection-state.ts';

/**
 * A connection as every part of the ingress knows it: a client's socket, or an actor (no socket). The parts keep their own
 * facts about it by id; this record holds what they share.
 */
export interface EdgeConnection {
  /** Unique across all ingress processes: `<ingress>-<number>`. */
  readonly id: string;
  readonly kind: 'client' | 'actor';
  /** `actor/...` address of an actor, null for clients. */
  readonly actor: string | null;
  /** The peer's IP address, empty for actors. */
  readonly address: string;
  /** Host that hand-over packets tell this client. @default that of the ingress */
  readonly publicHost?: string;
  /** The stage, set by handlers; decides which packets are allowed. */
  stage: string;
  readonly state: ConnectionState;
  /** Null for actors. */
  readonly socket: ClientSocket | null;
}

/** What routing may do to a client's socket. Packets leave through delivery. */
export interface ClientSocket {
  /** Stop and go on reading: back-pressure, nothing is dropped. */
  pause(): void;
  resume(): void;
  /** Sends what was handed over before, then closes. */
  close(code: ErrorCode): void;
}
