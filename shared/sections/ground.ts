import type { GroundItem } from '../economy/settlement.ts';

/**
 * `ground`: what a region's actor shows of the things that lie in it. Owner: the items family, volatile. The rows in the database are the
 * truth; this is which of them are shown, and as what.
 */
export interface GroundSection {
  /** By object id (as a string). */
  readonly shown: Readonly<Record<string, GroundItem>>;
}
