import { packet } from '../../../shared/kit/index.ts';
import { SkillCancelResult } from '../../../shared/protocol/packets.generated.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { world } from '../../../shared/world/world.ts';
import { type Acting, actingOf, hindrance } from '../acting.ts';
import { cancelled, engaged, withoutCast } from '../cast.ts';
import { cure } from '../cure.ts';
import { nearby } from '../nearby.ts';
import { release } from '../release.ts';
import type { CombatContext, CombatResult, CombatTimer } from '../sections.ts';

/** Units that one may have moved and still casts. */
const STILL = 60;

/** A skill has been cast to its end: it takes effect, unless the caster has moved or been stopped. */
export const cast: CombatTimer = (context) => {
  const acting = actingOf(context);
  if (acting === undefined) return overtaken(context);
  const casting = acting.fight.cast;
  const skill = casting === undefined ? undefined : world.skills.get(casting.skill);
  if (casting?.begun !== true || skill === undefined) return {};
  const stopped = hindrance(acting) ?? (distance(acting.at, casting.from) > STILL ? 'moved' : undefined);
  if (stopped !== undefined)
    return { ...cancelled(acting, SkillCancelResult.INVALID_SKILL), refused: stopped };
  const fight = withoutCast(acting.fight);
  const done: Acting = { ...acting, fight };
  const own = skill.power === undefined ? {} : { vitals: engaged(acting.vitals, skill, context.now) };
  const finish = nearby(
    acting.presence,
    packet('SRV_SKILL_FINISH', { target: acting.objectId, id: skill.id }),
  );
  const onSelf = skill.cast === 'self' || casting.targetId === acting.objectId;
  const result = onSelf ? cure(context, done, skill, done) : {};
  const sent = release(context, done, skill, casting);
  return {
    ...result,
    state: { sections: { ...own, ...result.state?.sections, fight } },
    deliveries: [...(result.deliveries ?? []), finish],
    signals: [...(result.signals ?? []), ...sent],
  };
};

/** Whoever casts has gone to load a map: nothing comes of the cast, and the next one can begin. */
function overtaken({ sections: { fight } }: CombatContext): CombatResult {
  return fight?.cast === undefined ? {} : { state: { sections: { fight: withoutCast(fight) } } };
}
