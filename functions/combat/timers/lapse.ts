import { packet } from '../../../shared/kit/index.ts';
import { DamageAction } from '../../../shared/protocol/packets.generated.ts';
import type { EffectsSection } from '../../../shared/sections/index.ts';
import { actingOf } from '../acting.ts';
import { clearedNearby, lapseTimer, lasting, poisoned, speedDiffers, speedNearby } from '../effects.ts';
import { OTHERS, TIMERS } from '../names.ts';
import type { CombatTimer } from '../sections.ts';
import { wounded } from '../wounded.ts';

/** Milliseconds after which one who is not in the world (loading a map) is looked at again. */
const AGAIN = 1000;

/** Poison hurts, and what is over ends. */
export const lapse: CombatTimer = (context) => {
  const { now } = context;
  const { effects: before } = context.sections;
  if (before === undefined || before.active.length === 0) return {};
  const acting = actingOf(context);
  if (acting === undefined) return { timers: [{ name: TIMERS.lapse, at: now + AGAIN }] };
  if (acting.vitals.hp <= 0) return {};
  const bitten = poisoned(before.active, now);
  const active = lasting(bitten.active, now);
  const effects: EffectsSection = { ...before, active };
  const { damage, by: attackerId } = bitten;
  const killed = damage >= acting.vitals.hp;
  const action = DamageAction.IMMEDIATE | (killed ? DamageAction.DEAD : DamageAction.HIT);
  const hurt = packet('SRV_DAMAGE', { attackerId, defenderId: acting.objectId, damage, action });
  const packets = damage > 0 ? [hurt] : [];
  const { result, vitals } = wounded(context, acting, { damage, active: bitten.active, packets });
  if (killed) return result;
  const over = active.length < bitten.active.length;
  const slower = speedDiffers(active, before.active);
  return {
    // Without damage nothing was suffered: what is over does not count as combat.
    state: { sections: { effects, ...(damage > 0 ? { vitals } : {}) } },
    deliveries: [
      ...(damage > 0 ? (result.deliveries ?? []) : []),
      ...(over ? [clearedNearby(acting, effects, vitals)] : []),
      ...(slower ? [speedNearby(acting, context.sections.inventory, effects)] : []),
    ],
    signals: over ? [{ to: 'self', name: OTHERS.refresh, payload: {} }] : [],
    timers: [...(damage > 0 ? (result.timers ?? []) : []), lapseTimer(effects)],
  };
};
