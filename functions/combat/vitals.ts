import type { TimerChange } from '../../shared/contract/index.ts';
import type { CharacterSection, PositionSection, VitalsSection } from '../../shared/sections/index.ts';
import { limitsOf } from '../../shared/world/fighters.ts';
import { REGENERATION_STEP, regenerated } from '../../shared/world/formulas.ts';
import { TIMERS } from './names.ts';

type Body = Pick<CharacterSection, 'level' | 'stats'>;

/**
 * Hp and mp as of now: the whole steps of regeneration since `at` are in, and `at` has gone on by them. The dead do not come back so, and of one who is
 * well `at` is now.
 */
export function vitalsNow(
  vitals: VitalsSection,
  body: Body,
  position: Pick<PositionSection, 'gait'> | undefined,
  now: number,
): VitalsSection {
  if (vitals.hp <= 0) return { ...vitals, hp: 0, at: now };
  const largest = limitsOf(body);
  const sitting = position?.gait === 'sit';
  const hp = regenerated(vitals.hp, largest.hp, vitals.at, now, sitting);
  const mp = regenerated(vitals.mp, largest.mp, vitals.at, now, sitting);
  if (hp >= largest.hp && mp >= largest.mp) return { ...vitals, ...largest, at: now };
  const steps = Math.max(0, Math.floor((now - vitals.at) / REGENERATION_STEP));
  return { ...vitals, hp, mp, at: vitals.at + steps * REGENERATION_STEP };
}

/** The same with hp and mp changed by so much, within what the body can hold. */
export function changed(vitals: VitalsSection, body: Body, by: { hp?: number; mp?: number }): VitalsSection {
  const largest = limitsOf(body);
  const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  return {
    ...vitals,
    hp: within(vitals.hp + (by.hp ?? 0), largest.hp),
    mp: within(vitals.mp + (by.mp ?? 0), largest.mp),
  };
}

/** When hp or mp next come back; no timer for the dead and for those who are well. */
export function regenerationTimer(vitals: VitalsSection, body: Body): TimerChange {
  const largest = limitsOf(body);
  if (vitals.hp <= 0 || (vitals.hp >= largest.hp && vitals.mp >= largest.mp))
    return { name: TIMERS.regenerate, cancel: true };
  return { name: TIMERS.regenerate, at: vitals.at + REGENERATION_STEP };
}
