/** `session`: what authentication knows of this connection. Owner: the auth family, volatile. */
export interface SessionSection {
  /** Account name as it was spelt when the account was made; empty while a login is pending. */
  readonly account: string;
  /** 1 player, 256 and more operators. */
  readonly right: number;
  readonly serverId: number;
  readonly channelId: number;
  /** Logout was asked for; the connection closes at this time (milliseconds since 1970). */
  readonly leavingAt?: number;
  /** Hand-over number by which this connection joined. */
  readonly ticket?: number;
  /** A login that waits for connections of an older session of its account. */
  readonly pending?: PendingLogin;
}

/** The connections that are waited for are told to save and close (`opened`), or asked whether they live (`held`). */
export type PendingLogin =
  | { readonly kind: 'opened'; readonly waitingFor: readonly string[]; readonly session: OpenedSession }
  | { readonly kind: 'held'; readonly waitingFor: readonly string[]; readonly held: HeldSession };

export interface OpenedSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly account: string;
  readonly right: number;
}

export interface HeldSession {
  readonly userId: string;
  readonly account: string;
  readonly right: number;
  readonly proof: { readonly salt: string; readonly digest: string };
  /** The session that stands in the way. */
  readonly heldBy: string;
}
