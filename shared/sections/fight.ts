/** `fight`: whom a character attacks, and what it casts. Owner: the combat family, volatile. Times are milliseconds since 1970. */
export interface FightSection {
  readonly target?: FightTarget;
  readonly cast?: Cast;
  /** Before this nothing can be hit again. */
  readonly nextHit: number;
}

/** An attack that goes on until something ends it. */
export interface FightTarget {
  /** Object id on the character's map. */
  readonly objectId: number;
  /** When it began. Who has gone elsewhere since then has ended it. */
  readonly since: number;
  /** Times in a row that the target was out of reach. */
  readonly misses: number;
}

/** A skill on its way. */
export interface Cast {
  readonly skill: number;
  /** 0 for none. */
  readonly targetId: number;
  /** The place that is meant; the caster's own for skills without one. */
  readonly x: number;
  readonly y: number;
  /** Where the caster stands: whoever moves casts no more. */
  readonly from: { readonly x: number; readonly y: number };
  /** The cast has begun; until then the target is looked for. */
  readonly begun: boolean;
}
