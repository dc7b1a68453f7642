import type { Signal } from '../../shared/contract/index.ts';
import type { Cast } from '../../shared/sections/index.ts';
import { healOf, magicOf } from '../../shared/world/formulas-combat.ts';
import { regionActor, regionsInReachOf } from '../../shared/world/regions.ts';
import type { SkillData } from '../../shared/world/schema/skills.ts';
import type { Acting } from './acting.ts';
import { armedOf, doerOf, objectAt, strikeOf } from './armed.ts';
import { facts, type Mend, type Strike } from './facts.ts';
import { SIGNALS } from './names.ts';
import type { CombatContext } from './sections.ts';

/** What a skill that has been cast does to others: one target, or everyone around a place. */
export function release(
  context: CombatContext,
  acting: Acting,
  skill: SkillData,
  cast: Cast,
): readonly Signal[] {
  if (skill.radius !== undefined) return blasts(context, acting, skill, cast);
  if (skill.cast === 'self' || cast.targetId === acting.objectId) return [];
  const to = objectAt(acting, cast.targetId);
  if (skill.power !== undefined)
    return [{ to, name: SIGNALS.strike, payload: facts(skillStrike(context, acting, skill)) }];
  const { effect = null, id, range, heal } = skill;
  const hp = heal === undefined ? 0 : healOf(heal, armedOf(context, acting).build.int);
  const mend: Mend = { ...doerOf(context, acting, range, id), hp, effect };
  return [{ to, name: SIGNALS.mend, payload: facts(mend) }];
}

/** Regions know who is around a place, monsters and players; each judges its own. */
function blasts(context: CombatContext, acting: Acting, skill: SkillData, { x, y }: Cast): readonly Signal[] {
  const { map, cell } = acting.presence;
  const strike = facts(skillStrike(context, acting, skill));
  const payload = { ...strike, place: { x, y, radius: skill.radius ?? 0 } };
  return regionsInReachOf(map, cell)
    .filter(({ monsters }) => monsters)
    .map(({ region }) => ({ to: regionActor(map, region), name: SIGNALS.blast, payload }));
}

/** A skill hits as hard as the weapon or the mind of its caster, whichever is stronger. */
function skillStrike(context: CombatContext, acting: Acting, skill: SkillData): Strike {
  const armed = armedOf(context, acting);
  return {
    ...strikeOf(context, acting, armed),
    attack: Math.max(armed.attack, magicOf(armed.build)),
    reach: skill.range + (skill.radius ?? 0),
    skill: skill.id,
    power: skill.power ?? 0,
    effect: skill.effect ?? null,
  };
}
