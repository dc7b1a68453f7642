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
  position: Pick<PositionSection, 'gait' | 'start'> | undefined,
  now: number,
): VitalsSection {
  if (vitals.hp <= 0) return { ...vitals, hp: 0, at: now };
  const largest = limitsOf(body);
  const since = vitals.at;
  const steps = stepsBetween(since, now);
  const satDown = position?.gait === 'sit' ? position.start : now;
  // Who has sat down in the middle of a step has stood through it.
  const sat =
    since + Math.min(steps, Math.ceil(Math.max(0, satDown - since) / REGENERATION_STEP)) * REGENERATION_STEP;
  const restored = (value: number, most: number) =>
    regenerated(regenerated(value, most, since, sat, false), most, sat, now, true);
  const hp = restored(vitals.hp, largest.hp);
  const mp = restored(vitals.mp, largest.mp);
  if (hp >= largest.hp && mp >= largest.mp) return { ...vitals, ...largest, at: now };
  return { ...vitals, hp, mp, at: since + steps * REGENERATION_STEP };
}

function stepsBetween(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / REGENERATION_STEP));
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
