/** `chat`: flood control. Owner: the chat family, volatile. */
export interface ChatSection {
  /** Times of the last messages that counted, milliseconds since 1970, oldest first; at most 20. */
  readonly said: readonly number[];
  readonly shoutedAt: number;
  readonly mutedUntil: number;
}
