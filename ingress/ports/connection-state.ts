import type { TurnState } from '../../shared/contract/index.ts';

/** The state of one connection, held in memory by the keeper and changed only by `commit`. */
export interface ConnectionState {
  readonly userId: string | null;
  readonly sessionId: string | null;
  /** The owned entity: a character id, or the address of an actor. */
  readonly characterId: string | null;
  /** Fencing epoch of the owned entity, 0 when none. */
  readonly epoch: number;
  /** What a turn of a family is shown: identity and the named sections. The values are deep-frozen. */
  view(sections: readonly string[]): TurnState;
}
