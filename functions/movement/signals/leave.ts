import { whereIs } from '../../../shared/world/whereabouts.ts';
import { returnObject } from '../objects.ts';
import { restAt } from '../positions.ts';
import type { MovementContext, MovementResult, MovementSignal } from '../sections.ts';
import { STEP } from '../timer-names.ts';

/** The character leaves the world: its object id is free again, nobody sees it, and it rests where it is. */
async function gone(context: MovementContext): Promise<MovementResult> {
  const { presence, position } = context.sections;
  if (presence === undefined) return {};
  await returnObject(context, presence);
  const { now } = context;
  const rest = position === undefined ? {} : { position: restAt(position, whereIs(position, now), now) };
  return {
    state: { sections: { presence: null, ...rest } },
    place: null,
    watch: [],
    timers: [{ name: STEP, cancel: true }],
  };
}

/** The connection closes. */
export const closing: MovementSignal = (context) => gone(context);

/** Another family gives the character up and is told when that may happen. */
export const leave: MovementSignal = async (context, payload) => {
  const result = await gone(context);
  if (typeof payload.answer !== 'string') return result;
  return { ...result, signals: [{ to: 'self', name: payload.answer, payload: {} }] };
};
