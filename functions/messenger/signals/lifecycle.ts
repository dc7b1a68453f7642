import { LOOK, ONLINE, TIMERS } from '../names.ts';
import { offline } from '../offline.ts';
import type { MessengerSignal } from '../sections.ts';

/** A character was taken over: when it stands in the world, its friends are looked for. */
export const owned: MessengerSignal = (context, { characterId }) => {
  if (typeof characterId !== 'string') return {};
  const last = context.sections.messenger;
  return {
    ...(last === undefined ? {} : offline(last)),
    state: { sections: { messenger: { self: characterId, status: ONLINE } } },
    timers: [{ name: TIMERS.enter, at: context.now + LOOK }],
  };
};

/** The connection ends. */
export const closing: MessengerSignal = (context) => {
  const section = context.sections.messenger;
  return section === undefined ? {} : offline(section);
};
