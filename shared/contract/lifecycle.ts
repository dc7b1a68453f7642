/** Signals that the ingress itself sends to every family whose manifest lists them. */
export const LIFECYCLE = {
  /** The character was taken over and its sections are loaded: `{characterId, epoch}`. */
  owned: 'edge.owned',
  /** The character could not be taken over: `{characterId, reason}`. */
  denied: 'edge.denied',
  /** The last message of a connection: `{reason}`. Replies go nowhere; state, deliveries and signals count. */
  closing: 'edge.closing',
  /** A signal of this connection found nobody: `{to, name, payload}`. */
  undeliverable: 'edge.undeliverable',
} as const;
