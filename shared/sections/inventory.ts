/** An item as the store keeps it. `type` and `id` are the wire's (5 and 10 bits). */
export type StoredItem =
  | {
      readonly kind: 'stack';
      readonly uid: string;
      readonly type: number;
      readonly id: number;
      readonly count: number;
    }
  | {
      readonly kind: 'single';
      readonly uid: string;
      readonly type: number;
      readonly id: number;
      readonly isCreated: boolean;
      readonly gem: number;
      readonly durability: number;
      readonly life: number;
      readonly hasSocket: boolean;
      readonly isAppraised: boolean;
      readonly refine: number;
    };

/**
 * `inventory`: money and the 140 slots. Derived: a copy of the entity `character#ID / inventory`, which only
 * settlements change (`shared/economy`). Owner: the items family; the character service makes it at creation. Version 1.
 */
export interface InventorySection {
  /** Of the entity; every write conditions on it. */
  readonly version: number;
  /** Decimal string. */
  readonly zuly: string;
  /** By slot number 1 to 139 as a string: 1-11 worn, 12-131 bag, 132-134 ammunition, 135-139 ride. */
  readonly slots: Readonly<Record<string, StoredItem>>;
}
