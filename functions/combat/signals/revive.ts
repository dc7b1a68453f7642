import { packet } from '../../../shared/kit/index.ts';
import { limitsOf } from '../../../shared/world/fighters.ts';
import { revivedHp } from '../../../shared/world/formulas-combat.ts';
import { actingOf, NOT_IN_WORLD } from '../acting.ts';
import { areNumbers } from '../facts.ts';
import { OTHERS } from '../names.ts';
import { vitalsNearby } from '../nearby.ts';
import type { CombatSignal } from '../sections.ts';
import { regenerationTimer } from '../vitals.ts';

/** Back to life at `{map, x, y}`, with a third of the hp and no mp. The living stay where they are. */
export const revive: CombatSignal = (context, { map, x, y }) => {
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  if (acting.vitals.hp > 0) return { refused: 'alive' };
  if (!areNumbers(map, x, y) || typeof map !== 'number') return { refused: 'bad_signal' };
  const { character, presence } = acting;
  const hp = revivedHp(limitsOf(character).hp);
  const vitals = { ...acting.vitals, hp, mp: 0, at: context.now };
  return {
    state: { sections: { vitals } },
    replies: [packet('SRV_REVIVE_REPLY', { map_id: map })],
    deliveries: [vitalsNearby(presence, vitals)],
    signals: [
      { to: 'self', name: OTHERS.refresh, payload: {} },
      { to: 'self', name: OTHERS.teleport, payload: { map, x: x ?? 0, y: y ?? 0 } },
    ],
    timers: [regenerationTimer(vitals, character)],
  };
};
