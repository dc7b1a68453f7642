import type { StoredItem } from './inventory.ts';

/** One line of things for sale. */
export interface ShopGoods {
  /** Inventory slot of the owner in which they lie. */
  readonly from: number;
  /** As they were when the shop was opened; a stack's `count` is what is left of what was offered. */
  readonly item: StoredItem;
  /** How many are left. */
  readonly left: number;
  /** Zuly each. */
  readonly price: number;
}

/** One line of the wish list. */
export interface ShopWish {
  readonly type: number;
  readonly id: number;
  /** How many are still wanted. */
  readonly left: number;
  /** Zuly each. */
  readonly price: number;
}

/**
 * `shop`: the personal shop of a character. Owner: the shop family, volatile. The things stay in the inventory; what is sold is judged
 * by what is there then. Absent: closed.
 */
export interface ShopSection {
  readonly characterId: string;
  /** Of the owner, on `map`. */
  readonly objectId: number;
  readonly map: number;
  /** Where it was opened; whoever stands elsewhere has closed it. */
  readonly at: { readonly x: number; readonly y: number };
  /** In the order in which they were given; the position is the number by which clients name a line. */
  readonly goods: readonly ShopGoods[];
  readonly wishes: readonly ShopWish[];
}
