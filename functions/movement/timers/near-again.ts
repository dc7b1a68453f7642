import { tellRegions } from '../near.ts';
import type { MovementTimer } from '../sections.ts';
import { seenOf } from '../seen.ts';

/** Says again to all regions within reach that the character is near. */
export const nearAgain: MovementTimer = (context) => {
  const seen = seenOf(context);
  return seen === undefined ? {} : tellRegions(null, seen, context.now);
};
