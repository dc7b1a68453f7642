/** What a member's client shows of another member. */
export interface PartyFacts {
  /** Milliseconds since 1970 when this was true: newer facts replace older ones. */
  readonly at: number;
  readonly map: number;
  /** Object id on that map, 0 while the member is not in the world. */
  readonly objectId: number;
  readonly level: number;
  readonly hp: number;
  readonly maxHp: number;
  readonly con: number;
  readonly hpRecovery: number;
  readonly mpRecovery: number;
}

export interface PartyMemberEntry {
  /** The character. */
  readonly id: string;
  readonly name: string;
  /** Number by which clients tell characters apart. */
  readonly tag: number;
  /** 0 present; else milliseconds since 1970 when the connection was lost: the place is kept for 5 minutes. */
  readonly droppedAt: number;
  readonly facts: PartyFacts;
}

/** A party, as the store holds it and as its members carry a copy of it. */
export interface Party {
  readonly id: string;
  /** Of the entity, raised by every change of it; facts of members may be newer. */
  readonly version: number;
  /** A character id; always that of a member. */
  readonly owner: string;
  /** Bits of PartyRule: 1 experience by level, 128 items in order. */
  readonly rule: number;
  /** Whose turn it is to get an item, a character id; counts under the rule of items in order only. */
  readonly turn: string;
  /** The experience that the party has shared since it was formed. */
  readonly xp: number;
  /** 2 to 7, in the order of joining. */
  readonly members: readonly PartyMemberEntry[];
}

/** A question to somebody else that was not yet answered. */
export interface PartyQuestion {
  /** PartyReqType. */
  readonly type: number;
  /** Object id of whom was asked. */
  readonly target: number;
  /** Milliseconds since 1970 after which it counts as not answered. */
  readonly until: number;
}

/** A question by somebody else. */
export interface PartyInvitation {
  readonly kind: 'create' | 'invite' | 'apply';
  /** Object id and character of whoever asks. */
  readonly source: number;
  readonly from: string;
  /** The party that the asker has, or wants to join; null when one is to be formed. */
  readonly partyId: string | null;
  /** What becomes a member's entry when the asker is let in, or forms the party. */
  readonly entry: PartyMemberEntry;
  readonly until: number;
}

/** A kill that is to be shared: its worth, where it happened, and the object id of what was killed. */
export interface PartyKill {
  readonly xp: number;
  readonly x: number;
  readonly y: number;
  readonly source: number;
}

/** `party`: the party that a character is in, a copy, and what it asks and is asked. Owner: the party family, volatile. */
export interface PartySection {
  /** The character that this belongs to: the section outlives a change of characters in one connection. */
  readonly self: string;
  /** Whether the store was asked for a party that this character was in before. */
  readonly known: boolean;
  readonly party?: Party;
  /** When the copy was last compared with the store, milliseconds since 1970. */
  readonly checkedAt?: number;
  readonly asked?: PartyQuestion;
  readonly invited?: PartyInvitation;
  /** The own facts that the others know. */
  readonly told?: PartyFacts;
  /** What this character killed a moment ago and is about to share. */
  readonly kills?: readonly PartyKill[];
  /** Experience that was shared and is not yet written to the party. */
  readonly earned?: number;
}
