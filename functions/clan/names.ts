/** Signals of this family. */
export const SIGNALS = {
  /** To a character: a clan invites, `{clanId, clan, by}`. */
  invite: 'clan.invite',
  /** To who invited: the answer, `{name, says}`. */
  answered: 'clan.answered',
  /** To a member: what it is in the clan now, or that it is in none (`clan: null`, `why`). */
  membership: 'clan.membership',
} as const;

export const TIMERS = {
  /** The character stands in the world, perhaps: look for its clan. */
  enter: 'clan.enter',
} as const;

/** Milliseconds for which an invitation stands. */
export const INVITATION = 30_000;
/** Milliseconds between two looks whether the character is in the world. */
export const LOOK = 1000;
/** Milliseconds between two looks whether it still is. */
export const LOOK_AGAIN = 15_000;
/** Milliseconds between two comparisons of a membership with the store: signals can get lost. */
export const CHECK = 60_000;
/** Milliseconds between two changes of a clan's picture. */
export const ICON_PAUSE = 60_000;
/** Bytes of a clan's picture, such that the frame that shows it is not too long. */
export const ICON_BYTES = 2000;
