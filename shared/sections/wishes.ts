/** An item that a player wishes for, as the client says it: the two words of the wire's Item. */
export interface Wish {
  readonly header: number;
  readonly data: number;
}

/** `wishes`: the 30 slots of the wish list. Owner: the shop family, checkpoint (a wish is no property). Version 1. */
export interface WishesSection {
  /** By slot number 0 to 29 as a string; absent slots are empty. */
  readonly slots: Readonly<Record<string, Wish>>;
}

export const WISH_SLOTS = 30;
