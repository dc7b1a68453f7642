/** Signals of this family. */
export const SIGNALS = {
  /** From chat to itself: a text that begins with a slash, `{text}`. */
  command: 'operators.command',
  /** To a character: where are you? `{name, purpose}`. */
  locate: 'operators.locate',
  /** The answer, `{name, purpose, map, x, y}`. */
  located: 'operators.located',
  /** To a character: rise to `{level, name}`. */
  raise: 'operators.raise',
  /** To an operator: something to read, `{text}`. */
  told: 'operators.told',
} as const;

/** Signals of other families. All of them carry `operator: true` and the `name` that was typed, for the case that nobody takes them. */
export const OTHERS = {
  kick: 'auth.kick',
  teleport: 'movement.teleport',
  itemsChanged: 'items.changed',
  gain: 'character.gain',
} as const;

/** Timers by which a chain of signals begins anew: it may be four long, and what follows here has its own. */
export const TIMERS = {
  /** Go to `{map, x, y}`. */
  go: 'operators.go',
  /** Gain `{xp}`. */
  rise: 'operators.rise',
} as const;

/** From here on an account is an operator's. */
export const OPERATOR = 256;
