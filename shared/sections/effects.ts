/** What a skill does to whom it meets for a while. */
export type Status = 'slow' | 'stun' | 'poison' | 'defence' | 'speed';

/** One effect on somebody. Times are milliseconds since 1970. */
export interface ActiveEffect {
  readonly status: Status;
  /** Per cent; for poison hp a second. */
  readonly amount: number;
  readonly until: number;
  /** Object id of who caused it. */
  readonly by: number;
  /** Poison: when it next hurts. */
  readonly next?: number;
}

/** `effects`: what lasts on a character, and which skills rest. Owner: the combat family, checkpoint. Version 1. */
export interface EffectsSection {
  /** At most one of each status; those that are over are taken out by a timer. */
  readonly active: readonly ActiveEffect[];
  /** By skill id (as a string): milliseconds since 1970 from which on it can be cast again. */
  readonly ready: Readonly<Record<string, number>>;
}
