/** The times of one invocation in milliseconds, in the order in which they must pass. */
export interface TimeLimits {
  /** What the function itself may take. */
  readonly function: number;
  /** After it the turn certainly runs no more: an attempt with unclear outcome may be repeated. */
  readonly deadline: number;
  /** After it the ingress gives the attempt up. */
  readonly ingress: number;
}

/** Function time-out < deadline < ingress time-out: a tenth apart, at least a quarter of a second. */
export function timeLimits(timeout: number): TimeLimits {
  const step = Math.max(250, Math.ceil(timeout / 10));
  return { function: timeout, deadline: timeout + step, ingress: timeout + 2 * step };
}
