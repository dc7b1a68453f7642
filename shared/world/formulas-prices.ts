/**
 * What shops take and give. Pure; prices are those of the item data, in zuly; `rate` is that of the map in per cent.
 */

/** Per cent of its price that a shop gives for a thing that has never been used. */
const RESALE = 30;
const FULL_LIFE = 1000;

/** What a shop takes for one of an item: at least 1. */
export function buyPrice(price: number, rate: number): number {
  return Math.max(1, Math.ceil((price * rate) / 100));
}

/** What a shop gives for one of an item; for a used thing by its life (0 to 1,000). */
export function sellPrice(price: number, rate: number, life = FULL_LIFE): number {
  return Math.floor((price * rate * RESALE * life) / (100 * 100 * FULL_LIFE));
}
