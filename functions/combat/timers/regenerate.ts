import { vitalsNearby } from '../nearby.ts';
import type { CombatTimer } from '../sections.ts';
import { regenerationTimer, vitalsNow } from '../vitals.ts';

/** Hp and mp have come back: everyone nearby is told, and the next step follows while something is missing. */
export const regenerate: CombatTimer = (context) => {
  const { character, vitals, position, presence } = context.sections;
  if (character === undefined || vitals === undefined || vitals.hp <= 0) return {};
  const current = vitalsNow(vitals, character, position, context.now);
  const timers = [regenerationTimer(current, character)];
  const same = current.hp === vitals.hp && current.mp === vitals.mp;
  const seen = presence?.visible === true && !same;
  return {
    state: { sections: { vitals: current } },
    ...(seen ? { deliveries: [vitalsNearby(presence, current)] } : {}),
    timers,
  };
};
