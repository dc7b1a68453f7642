import type { JsonObject } from './json.ts';

/**
 * How a section is kept.
 * - `durable`: persisted before the reply of the turn leaves.
 * - `checkpoint`: written behind when dirty (every 30 s with jitter), on hand-over and on close.
 * - `derived`: a cached copy of an entity of the store with its `version`; the family that owns it writes the entity itself.
 *   Reread on load, when a result asks for it (`reread`), and never written by the ingress.
 * - `volatile`: never persisted; lives as long as the connection.
 */
export type SectionClass = 'durable' | 'checkpoint' | 'derived' | 'volatile';

/** One character of the account, as the character list shows it. */
export interface CharacterRef {
  /** Id of the character. */
  readonly id: string;
  /** Its name, as it is shown. */
  readonly name: string;
}

/** What a turn is handed of its connection: only the sections that the family owns or reads. */
export interface TurnState {
  /** The account; null before the login. */
  readonly userId: string | null;
  /** The session of the account, which spans connections; null before the login. */
  readonly sessionId: string | null;
  /** The character that is played, or the address of an actor; null when none is owned. */
  readonly characterId: string | null;
  /** The characters of the account, as a handler last set them. */
  readonly characters: readonly CharacterRef[];
  /** By section name. A section that was never written is absent. */
  readonly sections: Readonly<Record<string, JsonObject>>;
}

/**
 * What a turn changes of its connection. Absent means unchanged.
 *
 * Setting `characterId` makes the ingress take the character over (fencing epoch + 1) and load its sections before the next
 * message of this connection runs; then the signal `edge.owned` arrives (or `edge.denied`). Setting it to null flushes and releases.
 */
export interface StateChange {
  /** The new stage. */
  readonly stage?: string;
  /** The account; null after a logout. From then on the connection is reached at `user/ID`. */
  readonly userId?: string | null;
  /** The session. */
  readonly sessionId?: string | null;
  /** The character to take over, or null to release the present one. */
  readonly characterId?: string | null;
  /** The whole new list. */
  readonly characters?: readonly CharacterRef[];
  /** Whole new values of owned sections; null removes one. Fields that the family does not know must be carried along. */
  readonly sections?: Readonly<Record<string, JsonObject | null>>;
}
