import { whereIs } from '../../../shared/world/whereabouts.ts';
import { leaveRegions } from '../near.ts';
import { returnObject } from '../objects.ts';
import { restAt } from '../positions.ts';
import type { MovementSignal } from '../sections.ts';
import { STEP } from '../timer-names.ts';

/** The character leaves the world: its object id is free again, nobody sees it, and it rests where it is. */
export const leave: MovementSignal = async (context) => {
  const { presence, position } = context.sections;
  if (presence === undefined) return {};
  await returnObject(context, presence);
  const { now } = context;
  const rest = position === undefined ? {} : { position: restAt(position, whereIs(position, now), now) };
  const told = leaveRegions({ presence });
  return {
    signals: told.signals,
    state: { sections: { presence: null, ...rest } },
    place: null,
    watch: [],
    timers: [{ name: STEP, cancel: true }, ...told.timers],
  };
};
