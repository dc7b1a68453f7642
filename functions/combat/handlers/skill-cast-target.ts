import { SkillCancelResult } from '../../../shared/protocol/packets.generated.ts';
import { actingOf, NOT_IN_WORLD } from '../acting.ts';
import { doerOf, objectAt } from '../armed.ts';
import { begin, castableInSlot, notCast } from '../cast.ts';
import { facts } from '../facts.ts';
import { SIGNALS } from '../names.ts';
import type { CombatPacket } from '../sections.ts';

/** A skill on somebody: the target is asked first whether it can be met. What helps can be cast on oneself too. */
export const skillCastTarget: CombatPacket<'CLI_SKILL_CAST_TARGET'> = (context, { target, slot }) => {
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  const found = castableInSlot(acting, slot, 'target', context.now);
  if ('refused' in found) return notCast(acting, SkillCancelResult.INVALID_SKILL, found.refused);
  const { skill } = found;
  const { at, fight, objectId } = acting;
  const hostile = skill.power !== undefined;
  const meant = { skill: skill.id, targetId: target, x: at.x, y: at.y, from: at, begun: false };
  if (target === 0) return notCast(acting, SkillCancelResult.TARGET_NOT_FOUND, 'no_target');
  if (target === objectId) {
    if (hostile) return notCast(acting, SkillCancelResult.INVALID_TARGET, 'forbidden');
    return begin(context, acting, skill, meant);
  }
  const aim = facts({ ...doerOf(context, acting, skill.range, skill.id), hostile });
  return {
    state: { sections: { fight: { ...fight, cast: meant } } },
    signals: [{ to: objectAt(acting, target), name: SIGNALS.aim, payload: aim }],
  };
};
