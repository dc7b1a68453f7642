import type { StoredItem } from './inventory.ts';

/** One line of things for sale. */
export interface ShopGoods {
  /** Inventory slot of the owner in which they lie. */
  readonly from: number;
  /** As they lay there when the shop was opened. */
  readonly item: StoredItem;
  /** How many of them are left for sale. */
  readonly left: number;
  /** How many of the stack are not for sale. */
  readonly kept: number;
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
  /** Of this opening: its prices stay. Whoever has seen another one is not held to these. */
  readonly edition?: string;
  /** In the order in which they were given; the position is the number by which clients name a line. */
  readonly goods: readonly ShopGoods[];
  readonly wishes: readonly ShopWish[];
}
