import type { NamedPacket } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';
import { DamageAction } from '../../shared/protocol/packets.generated.ts';
import { type Blow, strike as strikeFormula } from '../../shared/world/formulas-combat.ts';
import type { Acting } from './acting.ts';
import { armedOf } from './armed.ts';
import { afflict } from './effects.ts';
import type { Strike, Verdict } from './facts.ts';
import type { CombatContext, CombatResult } from './sections.ts';
import { wearOut } from './wear.ts';
import { wounded } from './wounded.ts';

/** A blow meets the acting character, or misses it. */
export function suffer(
  context: CombatContext,
  acting: Acting,
  blow: Strike,
): { readonly result: CombatResult; readonly verdict: Verdict } {
  const { now } = context;
  const { objectId: target } = acting;
  const judged: Blow =
    blow.power === 0
      ? { damage: 0, critical: false, met: true }
      : strikeFormula(blow, armedOf(context, acting), blow.power, () => context.dice.float());
  const active =
    judged.met && blow.effect !== null
      ? afflict(acting.effects.active, blow.effect, blow.by, now)
      : acting.effects.active;
  const killed = judged.damage >= acting.vitals.hp;
  const { result } = wounded(context, acting, {
    damage: judged.damage,
    active,
    packets: damagePackets(blow, target, judged, killed),
  });
  const signals = judged.met ? [...(result.signals ?? []), ...wearOut(context, 'armor')] : result.signals;
  return {
    result: signals === undefined ? result : { ...result, signals },
    verdict: killed ? 'killed' : judged.met ? 'met' : 'missed',
  };
}

/** What everyone nearby is told of a blow: damage, and the effect that it leaves behind. */
export function damagePackets(
  { by, skill, effect }: Strike,
  target: number,
  { damage, critical, met }: Blow,
  killed: boolean,
): readonly NamedPacket[] {
  const hit = killed ? DamageAction.DEAD : met ? DamageAction.HIT : 0;
  const action = hit | (critical ? DamageAction.CRITICAL : 0);
  if (skill === 0) return [packet('SRV_DAMAGE', { attackerId: by, defenderId: target, damage, action })];
  const amount = effect?.amount ?? 0;
  const state = met && effect !== null && !killed ? 1 : 0;
  return [packet('SRV_SKILL_DAMAGE', { target, source: by, id: skill, amount, state, damage, action })];
}
