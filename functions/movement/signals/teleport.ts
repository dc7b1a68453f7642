import type { MovementSignal } from '../sections.ts';
import { NOT_IN_WORLD, seenOf } from '../seen.ts';
import { teleport } from '../teleport.ts';

/** Another family (revival, operators) sends the character to `{map, x, y}`. */
export const teleportTo: MovementSignal = (context, { map, x, y }) => {
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  if (typeof map !== 'number' || typeof x !== 'number' || typeof y !== 'number')
    return { refused: 'bad_target' };
  return teleport(context, seen, { map, x, y });
};
