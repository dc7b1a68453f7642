import type { Delivery, TimerChange } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';
import type {
  ActiveEffect,
  EffectsSection,
  InventorySection,
  VitalsSection,
} from '../../shared/sections/index.ts';
import { attackSpeedOf, runSpeedOf } from '../../shared/world/speeds.ts';
import { statusFlags } from '../../shared/world/status-flags.ts';
import type { Acting } from './acting.ts';
import type { Aftermath } from './facts.ts';
import { TIMERS } from './names.ts';
import { nearby } from './nearby.ts';

/** Milliseconds from one bite of poison to the next. */
export const POISON_STEP = 1000;
/** Effects that change how fast one moves. */
const SPEEDS: ReadonlySet<string> = new Set(['slow', 'speed', 'stun']);

/** Puts an effect on top of others: one of a status at a time, the stronger or longer one stays. */
export function afflict(
  active: readonly ActiveEffect[],
  { status, amount, duration }: Aftermath,
  by: number,
  now: number,
): readonly ActiveEffect[] {
  const effect: ActiveEffect = {
    status,
    amount,
    until: now + duration,
    by,
    ...(status === 'poison' ? { next: now + POISON_STEP } : {}),
  };
  const same = active.find((other) => other.status === status);
  if (same !== undefined && same.amount > amount && same.until > now) return active;
  return [...active.filter((other) => other !== same), effect];
}

/** What lasts on beyond `now`. */
export function lasting(active: readonly ActiveEffect[], now: number): readonly ActiveEffect[] {
  return active.every(({ until }) => until > now) ? active : active.filter(({ until }) => until > now);
}

/** The bites of poison that are due: what they cost together, who is to blame, and the effects afterwards. */
export function poisoned(
  active: readonly ActiveEffect[],
  now: number,
): { readonly damage: number; readonly by: number; readonly active: readonly ActiveEffect[] } {
  let damage = 0;
  let by = 0;
  const after = active.map((effect) => {
    if (effect.next === undefined || effect.next > now) return effect;
    const last = Math.min(now, effect.until);
    const bites = Math.floor((last - effect.next) / POISON_STEP) + 1;
    if (bites <= 0) return effect;
    damage += bites * effect.amount;
    by = effect.by;
    return { ...effect, next: effect.next + bites * POISON_STEP };
  });
  return { damage, by, active: damage > 0 ? after : active };
}

/** When the next effect ends or hurts. */
export function lapseTimer({ active }: Pick<EffectsSection, 'active'>): TimerChange {
  const times = active.flatMap(({ until, next }) => (next === undefined ? [until] : [until, next]));
  return times.length === 0
    ? { name: TIMERS.lapse, cancel: true }
    : { name: TIMERS.lapse, at: Math.min(...times) };
}

/** Whether two sets of effects make one move at different speeds. */
export function speedDiffers(a: readonly ActiveEffect[], b: readonly ActiveEffect[]): boolean {
  const speed = (active: readonly ActiveEffect[]) =>
    active
      .filter(({ status }) => SPEEDS.has(status))
      .map(({ status, amount }) => `${status}${amount}`)
      .sort()
      .join();
  return speed(a) !== speed(b);
}

/** What everyone nearby is told when effects have ended: what is left of them. */
export function clearedNearby(acting: Acting, after: EffectsSection, vitals: VitalsSection): Delivery {
  const { presence } = acting;
  return nearby(
    presence,
    packet('SRV_CLEAR_STATUS', {
      target: presence.objectId,
      status: statusFlags(after.active),
      hp: Math.min(0x7fff, vitals.hp),
      mp: Math.min(0x7fff, vitals.mp),
    }),
  );
}

/** What everyone nearby is told when one's speed has changed. */
export function speedNearby(
  { presence, character }: Acting,
  inventory: InventorySection | undefined,
  after: EffectsSection,
): Delivery {
  return nearby(
    presence,
    packet('SRV_SPEED_CHANGED', {
      target: presence.objectId,
      move_speed: runSpeedOf(character, inventory, after),
      attack_speed: attackSpeedOf(character, inventory),
      weight: 0,
    }),
  );
}
