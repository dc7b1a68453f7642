import type { Commit } from '../ports/state.ts';

/** A commit with the stored timers that were messages of this turn: they have done their work and are not armed again on resume. */
export interface KeeperCommit extends Commit {
  readonly fired?: readonly string[];
}
