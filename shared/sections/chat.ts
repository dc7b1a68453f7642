/** `chat`: flood control. Owner: the chat family, volatile. Times are milliseconds since 1970, oldest first. */
export interface ChatSection {
  /** When the last messages were let through: those of 3 s, at most 5. */
  readonly said: readonly number[];
  /** When the last messages came, let through or not: those of 10 s, at most 20. */
  readonly tried: readonly number[];
  /** The last shout, 0 never. */
  readonly shoutedAt: number;
  /** 0 or in the past: not muted. */
  readonly mutedUntil: number;
}
