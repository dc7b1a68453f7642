import type { Delivery, NamedPacket, Signal, TimerChange } from '../../shared/contract/index.ts';
import type { ActiveEffect, EffectsSection, VitalsSection } from '../../shared/sections/index.ts';
import type { Acting } from './acting.ts';
import { clearedNearby, lapseTimer, speedDiffers, speedNearby } from './effects.ts';
import { OTHERS, TIMERS } from './names.ts';
import { nearby } from './nearby.ts';
import type { CombatContext, CombatResult } from './sections.ts';
import { changed, regenerationTimer } from './vitals.ts';

/** Milliseconds without a blow after which one counts as rested. */
const REST = 10_000;

/** What happens to somebody. */
export interface Wound {
  readonly damage: number;
  /** The effects afterwards. */
  readonly active: readonly ActiveEffect[];
  /** What everyone nearby is told. */
  readonly packets: readonly NamedPacket[];
}

/** Takes damage and effects over; whoever has no hp left dies. */
export function wounded(
  context: CombatContext,
  acting: Acting,
  { damage, active, packets }: Wound,
): { readonly result: CombatResult; readonly vitals: VitalsSection } {
  const { now } = context;
  const { character, presence } = acting;
  const vitals = { ...changed(acting.vitals, character, { hp: -damage }), combatAt: now };
  if (vitals.hp <= 0) return { vitals, result: dies(context, acting, vitals, packets) };
  const effects: EffectsSection = { ...acting.effects, active };
  const slower = speedDiffers(active, acting.effects.active);
  const deliveries: Delivery[] = packets.length === 0 ? [] : [nearby(presence, ...packets)];
  if (slower) deliveries.push(speedNearby(acting, context.sections.inventory, effects));
  const afflicted = active !== acting.effects.active;
  const timers: TimerChange[] = [regenerationTimer(vitals, character)];
  if (afflicted) timers.push(lapseTimer(effects));
  const signals = [...(slower ? [toSelf(OTHERS.refresh)] : []), ...firstBlow(context, acting)];
  return {
    vitals,
    result: {
      state: { sections: { vitals, ...(afflicted ? { effects } : {}) } },
      deliveries,
      timers,
      ...(signals.length === 0 ? {} : { signals }),
    },
  };
}

function toSelf(name: string): Signal {
  return { to: 'self', name, payload: {} };
}

/** Who has rested looks seldom at itself for its party, and often once it knows of the fight. */
function firstBlow({ now, sections }: CombatContext, { vitals }: Acting): Signal[] {
  return sections.party?.party === undefined || now - vitals.combatAt < REST
    ? []
    : [toSelf(OTHERS.partyChanged)];
}

/** Death ends whatever one was doing and whatever lasted on one, and costs experience. */
function dies(
  context: CombatContext,
  acting: Acting,
  vitals: VitalsSection,
  packets: readonly NamedPacket[],
): CombatResult {
  const effects: EffectsSection = { ...acting.effects, active: [] };
  const deliveries = [nearby(acting.presence, ...packets)];
  if (acting.effects.active.length > 0) deliveries.push(clearedNearby(acting, effects, vitals));
  const over = [TIMERS.hit, TIMERS.cast, TIMERS.lapse, TIMERS.regenerate];
  return {
    state: { sections: { vitals: { ...vitals, at: context.now }, effects, fight: null } },
    pin: [],
    deliveries,
    signals: [
      OTHERS.refresh,
      OTHERS.died,
      OTHERS.tradeStop,
      OTHERS.shopStop,
      ...(context.sections.party?.party === undefined ? [] : [OTHERS.partyChanged]),
    ].map(toSelf),
    timers: over.map((name) => ({ name, cancel: true as const })),
  };
}
