/** Signals of this family. */
export const SIGNALS = {
  /** To an object: join me, or let me join you. */
  ask: 'party.ask',
  /** The answer, `{type, source}`. */
  answer: 'party.answer',
  /** To every member: the party is so now. */
  sync: 'party.sync',
  /** To every member: what is to be shown of me. */
  facts: 'party.facts',
  /** From any family to itself: what members see of the character (hp, level, map) has changed. */
  changed: 'party.changed',
  /** From combat to itself: a kill worth `{xp, map, x, y}`. */
  share: 'party.share',
  /** To a member: your share of a kill. */
  gain: 'party.gain',
  /** From items to itself: `{characterId, item}` got an item under the rule of items in order. */
  item: 'party.item',
} as const;

/** To the character family: experience. */
export const CHARACTER_GAIN = 'character.gain';

export const TIMERS = {
  /** Look at oneself, and tell the others what has changed. */
  look: 'party.look',
  /** Share what was killed: a timer, since the chain of signals that led here may not become longer. */
  divide: 'party.divide',
  /** The time of a dropped member is over. */
  sweep: 'party.sweep',
} as const;

/** Milliseconds for which an unanswered question stands. */
export const QUESTION = 30_000;
/** Milliseconds for which a dropped member keeps the place. */
export const PLACE_KEPT = 5 * 60_000;
/** Milliseconds between two looks of one whose hp moves, or who is not yet in the world. */
export const LOOK_SOON = 1000;
/** Milliseconds between two looks of one who stands well. */
export const LOOK_LATER = 3000;
/** Milliseconds between two comparisons of a member's copy with the store: signals can get lost. */
export const CHECK = 60_000;
/** Milliseconds after combat in which one looks often. */
export const COMBAT = 10_000;
