import type { TimerChange } from '../../shared/contract/index.ts';
import type { PositionSection } from '../../shared/sections/index.ts';
import { leavesAt } from '../../shared/world/geometry/border.ts';
import { type Cell, cellAfter, cellAt, cellName, parseCell } from '../../shared/world/geometry/grid.ts';
import { arrivalOf } from '../../shared/world/geometry/walk.ts';
import { placeOf, type Seen } from '../../shared/world/presence-packet.ts';
import { topicsSeenFrom } from '../../shared/world/topics.ts';
import { isWalking, walkOf, whereIs } from '../../shared/world/whereabouts.ts';
import { world } from '../../shared/world/world.ts';
import { tellRegions } from './near.ts';
import { restAt } from './positions.ts';
import type { MovementResult } from './sections.ts';
import { STEP } from './timer-names.ts';

/** Someone after a move, and what the move brought about. */
export interface Shown {
  readonly after: Seen;
  readonly result: MovementResult;
}

/**
 * Takes over a new position of someone in the world: where it is seen from now on, what it sees when its cell has changed, and the
 * timer of the next border or of the arrival. Deliveries of the same turn go by `after`.
 */
export function show(before: Seen, moved: PositionSection, now: number): Shown {
  const position = settled(moved, now);
  const last = parseCell(before.presence.cell);
  const at = whereIs(position, now);
  const cell = last === undefined ? cellAt(at) : cellAfter(last, at);
  const presence = { ...before.presence, cell: cellName(cell) };
  const after = { ...before, presence, position };
  const told = tellRegions(before, after, now);
  const result = {
    state: { sections: { position, ...(cell === last ? {} : { presence }) } },
    place: placeOf(after, now),
    ...(cell === last ? {} : { watch: watchOf(presence.map, cell) }),
    timers: [stepTimer(position, cell, now), ...told.timers],
    ...(told.signals.length === 0 ? {} : { signals: told.signals }),
  };
  return { after, result };
}

/** A walk that is over becomes a rest at its end, before whatever it led to. */
function settled(position: PositionSection, now: number): PositionSection {
  if (position.to === undefined || isWalking(position, now)) return position;
  const walk = walkOf(position);
  const rest = restAt(position, whereIs(position, now), walk === undefined ? now : arrivalOf(walk));
  return { ...rest, targetId: position.targetId };
}

/** Everything that someone in a cell of a map sees and hears. */
export function watchOf(mapId: number, cell: Cell): readonly string[] {
  const map = world.maps.get(mapId);
  return map === undefined ? [] : topicsSeenFrom(map, cell);
}

function stepTimer(position: PositionSection, cell: Cell, now: number): TimerChange {
  const walk = walkOf(position);
  if (walk === undefined) return { name: STEP, cancel: true };
  return { name: STEP, at: leavesAt(walk, cell, now) ?? arrivalOf(walk) };
}
