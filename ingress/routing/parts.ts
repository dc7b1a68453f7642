import type { TurnEvent } from '../../shared/contract/index.ts';
import type { ParsedTurn } from '../../shared/contract/parse/index.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Clock } from '../ports/clock.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { DeliveryHub } from '../ports/delivery.ts';
import type { StateKeeper } from '../ports/state.ts';
import type { Invoker } from './invoker/invoker.ts';
import type { RoutingLimits } from './limits.ts';

/** One turn of a result after validation; a bad one spoils only itself. */
export type CheckedTurn = ParsedTurn;

/**
 * Validates what a function answered.
 * @throws EdgeError `bad_result` when it is no result at all
 */
export type CheckResult = (raw: unknown, event: TurnEvent) => readonly CheckedTurn[];

/** All that routing stands on. */
export interface RoutingParts {
  readonly invoker: Invoker;
  readonly keeper: StateKeeper;
  readonly delivery: DeliveryHub;
  readonly meter: Meter;
  readonly log: Log;
  readonly clock: Clock;
  readonly check: CheckResult;
  readonly limits: RoutingLimits;
  /** Unsigned 32-bit seeds for the dice of turns. */
  readonly random: () => number;
  /** Ids for actors: unique across all ingress processes, as those of connections. */
  readonly ids: () => string;
  /** Name of this process. */
  readonly ingress: string;
  /** Address and port that a client can be sent to. */
  readonly public: { readonly host: string; readonly port: number };
  /** Runs a call after what arrives together was taken in, so that it is batched together. */
  readonly defer: (call: () => void) => void;
  /** Told of each connection that has ended for good. */
  readonly onClosed: (connection: EdgeConnection) => void;
}
