/** `session`: what authentication knows of this connection. Owner: the auth family, volatile. */
export interface SessionSection {
  /** Account name as the client spelt it, for logs and lists. */
  readonly account: string;
  /** 1 player, 256 and more operators. */
  readonly right: number;
  readonly serverId: number;
  readonly channelId: number;
  /** Logout was asked for; the connection closes at this time (milliseconds since 1970). */
  readonly leavingAt?: number;
}
