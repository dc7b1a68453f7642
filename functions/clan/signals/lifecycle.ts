import { LOOK, TIMERS } from '../names.ts';
import { offline } from '../presence.ts';
import type { ClanSignal } from '../sections.ts';

/** A character was taken over: when it stands in the world, its clan is looked for. */
export const owned: ClanSignal = async (context, { characterId }) => {
  if (typeof characterId !== 'string') return {};
  const last = context.sections.clan;
  const before = last === undefined || last.self === characterId ? {} : await offline(context, last);
  return {
    ...before,
    state: { sections: { clan: { self: characterId } } },
    timers: [{ name: TIMERS.enter, at: context.now + LOOK }],
  };
};

/** The connection ends. */
export const closing: ClanSignal = (context) => {
  const section = context.sections.clan;
  return section === undefined ? {} : offline(context, section);
};
