/** `clan`: what a character is in its clan, a copy of the store's. Owner: the clan family, volatile. */
export interface ClanSection {
  /** The character that this belongs to: the section outlives a change of characters in one connection. */
  readonly self: string;
  /** Absent: in no clan, or not yet looked for. */
  readonly clan?: ClanMembership;
  /** When that was last compared with the store, milliseconds since 1970. */
  readonly checkedAt?: number;
  /** A clan that invites, until (milliseconds since 1970). */
  readonly invited?: { readonly clanId: string; readonly by: string; readonly until: number };
}

export interface ClanMembership {
  readonly id: string;
  /** Number by which clients tell clans apart, 1 to 2^31 - 1. */
  readonly number: number;
  readonly name: string;
  /** 0 newcomer to 6 master. */
  readonly rank: number;
}
