/** Signals of this family. */
export const SIGNALS = {
  /** To a connection that a newer one displaces: save, close, and answer `gone`. */
  kick: 'auth.kick',
  /** To itself after the world was left: `{to}` is who is told. */
  left: 'auth.left',
  /** To the newer connection: the older one has saved and closes. */
  gone: 'auth.gone',
  /** To the connections of a session in the way: do you live? */
  probe: 'auth.probe',
  /** The answer. */
  alive: 'auth.alive',
} as const;

/** To the movement family, before a character is given up. */
export const MOVEMENT_LEAVE = 'movement.leave';

export const TIMERS = {
  /** A pending login is waited for no longer. */
  pending: 'auth.pending',
  /** Keep the session from expiring. */
  renew: 'auth.renew',
  /** A logout out of combat is due. */
  leave: 'auth.leave',
} as const;

/** Milliseconds that a login waits for the connections of the older session. */
export const PENDING_WAIT = 3_000;
/** Milliseconds between renewals of a session. */
export const RENEW_EVERY = 10 * 60_000;
/** Milliseconds until a renewal that failed is tried again. */
export const RENEW_AGAIN = 60_000;
