import { cellAt, cellName, parseCell } from '../../../shared/world/geometry/grid.ts';
import { placeOf } from '../../../shared/world/presence-packet.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { tellRegionsSoon } from '../near.ts';
import type { MovementSignal } from '../sections.ts';
import { NOT_IN_WORLD, seenOf } from '../seen.ts';
import { watchOf } from '../show.ts';
import { PARTY_CHANGED, SIGNALS } from '../signal-names.ts';

/**
 * The client has loaded the map: the character is seen, and sees. One who is in the world already asks for everything nearby again:
 * the view is emptied, and filled anew by a second signal.
 */
export const enter: MovementSignal = (context) => {
  const { presence, position, character, vitals, inventory, effects } = context.sections;
  if (presence === undefined || position === undefined || character === undefined) return NOT_IN_WORLD;
  if (presence.visible) return { watch: [], signals: [{ to: 'self', name: SIGNALS.look, payload: {} }] };
  const cell = cellAt(whereIs(position, context.now));
  const visible = { ...presence, visible: true, cell: cellName(cell) };
  const seen = { presence: visible, position, character, vitals, inventory, effects };
  return {
    timers: tellRegionsSoon(seen, context.now),
    state: { sections: { presence: visible } },
    place: placeOf(seen, context.now),
    watch: watchOf(presence.map, cell),
    signals: [{ to: 'self', name: PARTY_CHANGED, payload: {} }],
  };
};

/** Fills the view again. */
export const look: MovementSignal = (context) => {
  const seen = seenOf(context);
  if (seen === undefined) return NOT_IN_WORLD;
  const cell = parseCell(seen.presence.cell) ?? cellAt(whereIs(seen.position, context.now));
  return { watch: watchOf(seen.presence.map, cell) };
};
