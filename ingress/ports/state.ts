import type { JsonObject, SectionRule, StateChange, TimerChange } from '../../shared/contract/index.ts';
import type { EdgeConnection } from './connection.ts';
import type { ConnectionState } from './connection-state.ts';

/** The part of a turn's result that concerns state. */
export interface Commit {
  readonly turnId: string;
  readonly family: string;
  /** Sections that the family owns, with their classes; anything else in `change.sections` is refused (`foreign_section`). */
  readonly owns: Readonly<Record<string, SectionRule>>;
  readonly change?: StateChange;
  /** Timers to be persisted with their section (those that name one). */
  readonly timers?: readonly TimerChange[];
  readonly reread?: readonly string[];
  /** Stored timers that were messages of this turn: they have done their work and are not armed again on resume. */
  readonly fired?: readonly string[];
}

/** A timer that was persisted with its section, to be armed again. */
export interface StoredTimer {
  readonly name: string;
  readonly at: number;
  readonly payload: JsonObject;
  readonly section: string;
}

export type Ownership =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'released'; readonly characterId: string }
  | {
      readonly kind: 'owned';
      readonly characterId: string;
      readonly epoch: number;
      readonly timers: readonly StoredTimer[];
    }
  | { readonly kind: 'denied'; readonly characterId: string; readonly reason: string };

export interface StateKeeper {
  /** The empty state of a new connection. */
  open(): ConnectionState;
  /**
   * Takes over what a turn changed and resolves once everything that must survive is persisted (durable sections, taking a
   * character over, releasing one). Several calls for one connection never overlap. Rejects with EdgeError `persist_failed`,
   * `ownership_lost` or `foreign_section`; nothing was changed in memory then.
   */
  commit(connection: EdgeConnection, commit: Commit): Promise<Ownership>;
  /** The connection ends: flush checkpoints, release ownership. Never rejects; problems are logged and counted. */
  close(connection: EdgeConnection): Promise<void>;
  /** True while durable turns may run (the heartbeat is renewed). */
  readonly healthy: boolean;
}

/** What the keeper asks of the rest when a character is owned by another connection, here or elsewhere. */
export interface OwnerCalls {
  /** Tells the present owner to save, release and close. Resolves when it has; the keeper waits at most 2 s. */
  askRelease(entity: string): Promise<void>;
  /** This connection has lost its character: close it with `ownership_lost`. */
  lost(connection: EdgeConnection): void;
}
