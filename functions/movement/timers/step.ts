import type { MovementTimer } from '../sections.ts';
import { seenOf } from '../seen.ts';
import { show } from '../show.ts';

/** A walk has come to a border of cells or to its end: nothing is sent, but others see it appear or vanish. */
export const step: MovementTimer = (context) => {
  const seen = seenOf(context);
  // A teleport or a leaving may overtake the timer: nothing is due any more.
  return seen === undefined ? {} : show(seen, seen.position, context.now).result;
};
