/**
 * Figures of things: repair, appraisal, taking apart. Pure; all arguments are finite and not negative. Money in zuly.
 */

/** Life of a thing that has never been used, and after a repair in full. */
export const FULL_LIFE = 1000;

/** What a smith takes for making a thing of this price as new: a fifth of the price for all of its life, at least 1. */
export function repairCost(price: number, life: number): number {
  const missing = Math.max(0, FULL_LIFE - life);
  return missing === 0 ? 0 : Math.max(1, Math.ceil((price * missing) / (5 * FULL_LIFE)));
}

/** What it costs to learn what a thing is: 5 % of its price and 10. */
export function appraisalCost(price: number): number {
  return 10 + Math.floor(price / 20);
}

/** How much material a thing of this price is taken apart into: one, and one more for each full 800 of its price, at most 10. */
export function scrapOf(price: number): number {
  return Math.min(10, 1 + Math.floor(price / 800));
}
