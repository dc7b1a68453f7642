/** Signals of this family; all go to characters. */
export const SIGNALS = {
  /** Be my friend: `{name}`. */
  ask: 'messenger.ask',
  /** The answer, if it is no: `{name, says}`. */
  answer: 'messenger.answer',
  /** We are friends now: `{name, tag, status}`, the tag being that of the receiver's list. */
  made: 'messenger.made',
  /** We are friends no more. */
  parted: 'messenger.parted',
  /** My status is `{status, reply}`; with `reply` the receiver tells its own. */
  status: 'messenger.status',
  /** `{message}`. */
  chat: 'messenger.chat',
} as const;

export const TIMERS = {
  /** The character stands in the world, perhaps: look for its friends. */
  enter: 'messenger.enter',
} as const;

/** Friends of one character at most: their list is one frame. */
export const FRIENDS = 50;
/** Questions that wait at most, and for how long (milliseconds). */
export const QUESTIONS = 5;
export const QUESTION = 60_000;
/** Messages in a span of milliseconds. */
export const PACE = { messages: 5, span: 3000 } as const;
/** Milliseconds until the first look whether the character is in the world, and until the next whether it still is. */
export const LOOK = 1000;
export const LOOK_AGAIN = 15_000;
/** What a player is when it comes, and the highest that it may say. */
export const ONLINE = 1;
export const LAST_STATUS = 5;
