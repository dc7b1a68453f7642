/** `messenger`: friends of a character, a copy of the store's. Owner: the messenger family, volatile. */
export interface MessengerSection {
  /** The character that this belongs to: the section outlives a change of characters in one connection. */
  readonly self: string;
  /** Absent: not yet looked for. */
  readonly friends?: readonly Friend[];
  /** Who asks to be a friend, the oldest first. */
  readonly asking?: readonly { readonly id: string; readonly name: string; readonly until: number }[];
  /** What the player says of itself, 1 to 5. */
  readonly status: number;
  /** When the last messages were sent: those of 3 s, at most 5. */
  readonly said?: readonly number[];
}

export interface Friend {
  readonly id: string;
  readonly name: string;
  /** Number by which the player's client tells friends apart, 1 to 65,535. */
  readonly tag: number;
  /** What is known of the friend: 0 offline. */
  readonly status: number;
}
