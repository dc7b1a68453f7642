/** Signals of this family. */
export const SIGNALS = {
  /** To `object/MAP/ID`: somebody looks at the shop, `{place}`. */
  look: 'shop.look',
  /** The answer, for the visitor's own handlers: what its client has been shown, `{shop, edition}`. */
  seen: 'shop.seen',
  /** To `object/MAP/ID`: somebody buys from the shop or sells to it (see `deals.ts`). */
  deal: 'shop.deal',
  /** The answer to a deal: `{shop, result, updated, settled}`. */
  dealt: 'shop.dealt',
  /** From any family to `self`: the shop must close (death, leaving). No payload. */
  stop: 'shop.stop',
} as const;

/** To the items family: somebody else has changed the inventory. */
export const ITEMS_CHANGED = 'items.changed';

/** The timer of an open shop: whether its owner still stands there. */
export const TICK = 'shop.tick';
/** Milliseconds between two of them. A deal asks by itself. */
export const TICK_INTERVAL = 2_000;

/** The timer of a deal that waits for its answer. */
export const WAITING = 'shop.waiting';
/** Milliseconds until it is given up. */
export const PATIENCE = 5_000;

/** Units from a figure or a shop within which one can deal with it; 100 are a metre. */
export const REACH = 1_000;
/** Units by which the owner of a shop may be moved before it closes. */
export const STANDSTILL = 50;
/** Lines of goods, and of wishes. */
export const MAX_LINES = 30;
