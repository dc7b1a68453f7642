import { packet } from '../../../shared/kit/index.ts';
import { SkillCancelResult } from '../../../shared/protocol/packets.generated.ts';
import { type Acting, actingOf, hindrance, NOT_IN_WORLD } from '../acting.ts';
import { begin, cancelled, castable } from '../cast.ts';
import { type Answer, readAnswer } from '../facts.ts';
import { TIMERS } from '../names.ts';
import { nearby } from '../nearby.ts';
import { endFight, pursue } from '../pursue.ts';
import type { CombatContext, CombatResult, CombatSignal } from '../sections.ts';

/** The target of an attack or a cast says whether it can be met from here. */
export const aimed: CombatSignal = (context, payload) => {
  const answer = readAnswer(payload);
  if (answer === undefined) return { refused: 'bad_signal' };
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  return answer.skill === 0 ? toAttack(context, acting, answer) : toCast(context, acting, answer);
};

function toAttack(context: CombatContext, acting: Acting, { target, verdict, x, y }: Answer): CombatResult {
  const { fight, presence, objectId: attackerId, at } = acting;
  // Another target was chosen meanwhile, or none.
  if (fight.target?.objectId !== target) return {};
  const hindered = hindrance(acting);
  if (hindered !== undefined) return { ...endFight(acting), refused: hindered };
  if (verdict === 'far') return pursue(context, acting, { x, y });
  if (verdict !== 'ok') return { ...endFight(acting), refused: verdict };
  const attack = packet('SRV_ATTACK', { attackerId, defenderId: target, x: at.x, y: at.y });
  return {
    deliveries: [nearby(presence, attack)],
    timers: [{ name: TIMERS.hit, at: Math.max(context.now, fight.nextHit) }],
  };
}

function toCast(context: CombatContext, acting: Acting, { target, verdict, skill }: Answer): CombatResult {
  const { cast } = acting.fight;
  if (cast === undefined || cast.begun || cast.targetId !== target || cast.skill !== skill) return {};
  if (verdict !== 'ok') return { ...cancelled(acting, SkillCancelResult.INVALID_TARGET), refused: verdict };
  const found = castable(acting, skill, context.now);
  if ('refused' in found) return { ...cancelled(acting, SkillCancelResult.INVALID_SKILL), ...found };
  return begin(context, acting, found.skill, cast);
}
