import { actingOf, NOT_IN_WORLD } from '../acting.ts';
import { vitalsNearby } from '../nearby.ts';
import type { CombatSignal } from '../sections.ts';
import { changed, regenerationTimer } from '../vitals.ts';

const amountOf = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : 0;

/** Hp or mp come back at once, `{hp?, mp?}`: a potion. It does not wake the dead. */
export const heal: CombatSignal = (context, { hp, mp }) => {
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  if (acting.vitals.hp <= 0) return { refused: 'dead' };
  const vitals = changed(acting.vitals, acting.character, { hp: amountOf(hp), mp: amountOf(mp) });
  return {
    state: { sections: { vitals } },
    deliveries: [vitalsNearby(acting.presence, vitals)],
    timers: [regenerationTimer(vitals, acting.character)],
  };
};

/** A new level: all hp and mp are back. */
export const restore: CombatSignal = (context) => {
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  if (acting.vitals.hp <= 0) return {};
  const all = Number.MAX_SAFE_INTEGER;
  const vitals = changed(acting.vitals, acting.character, { hp: all, mp: all });
  return {
    state: { sections: { vitals: { ...vitals, at: context.now } } },
    deliveries: [vitalsNearby(acting.presence, vitals)],
    timers: [regenerationTimer(vitals, acting.character)],
  };
};
