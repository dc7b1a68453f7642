import { packet } from '../../shared/kit/index.ts';
import type { EffectsSection } from '../../shared/sections/index.ts';
import { healOf } from '../../shared/world/formulas-combat.ts';
import type { SkillData } from '../../shared/world/schema/skills.ts';
import type { Acting } from './acting.ts';
import { armedOf } from './armed.ts';
import { afflict, lapseTimer, speedDiffers, speedNearby } from './effects.ts';
import type { Mend } from './facts.ts';
import { OTHERS } from './names.ts';
import { nearby, vitalsNearby } from './nearby.ts';
import type { CombatContext, CombatResult } from './sections.ts';
import { changed, regenerationTimer } from './vitals.ts';

/** A skill helps the acting character; `caster` is itself. */
export function cure(context: CombatContext, acting: Acting, skill: SkillData, caster: Acting): CombatResult {
  const hp = skill.heal === undefined ? 0 : healOf(skill.heal, armedOf(context, caster).build.int);
  return mended(context, acting, { by: caster.objectId, skill: skill.id, hp, effect: skill.effect ?? null });
}

/** Takes over hp that come back and an effect that helps. */
export function mended(
  context: CombatContext,
  acting: Acting,
  { by, skill, hp, effect }: Pick<Mend, 'by' | 'skill' | 'hp' | 'effect'>,
): CombatResult {
  const { now } = context;
  const { character, presence, objectId: target } = acting;
  const vitals = changed(acting.vitals, character, { hp });
  const before = acting.effects.active;
  const active = effect === null ? before : afflict(before, effect, by, now);
  const effects: EffectsSection = { ...acting.effects, active };
  const faster = speedDiffers(active, before);
  const amount = hp > 0 ? vitals.hp - acting.vitals.hp : (effect?.amount ?? 0);
  const told = packet('SRV_SKILL_EFFECT', { target, source: by, id: skill, amount, state: 1 });
  return {
    state: { sections: { vitals, effects } },
    deliveries: [
      nearby(presence, told),
      ...(hp > 0 ? [vitalsNearby(presence, vitals)] : []),
      ...(faster ? [speedNearby(acting, context.sections.inventory, effects)] : []),
    ],
    signals: effect === null ? [] : [{ to: 'self', name: OTHERS.refresh, payload: {} }],
    timers: [regenerationTimer(vitals, character), lapseTimer(effects)],
  };
}
