import { lapseTimer, lasting } from '../effects.ts';
import type { CombatSignal } from '../sections.ts';
import { regenerationTimer } from '../vitals.ts';

/** A connection has taken a character over: nothing came back meanwhile, and effects that ended meanwhile are gone. */
export const owned: CombatSignal = (context) => {
  const { character, vitals, effects } = context.sections;
  if (context.connection.kind === 'actor' || character === undefined || vitals === undefined) return {};
  const { now } = context;
  const current = { ...vitals, at: now };
  const left = effects && {
    ...effects,
    active: lasting(effects.active, now).map((effect) =>
      effect.next === undefined ? effect : { ...effect, next: Math.max(effect.next, now) },
    ),
  };
  return {
    state: { sections: { vitals: current, fight: null, ...(left === undefined ? {} : { effects: left }) } },
    pin: [],
    timers: [regenerationTimer(current, character), lapseTimer({ active: left?.active ?? [] })],
  };
};
