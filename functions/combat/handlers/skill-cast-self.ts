import { SkillCancelResult } from '../../../shared/protocol/packets.generated.ts';
import { actingOf, NOT_IN_WORLD } from '../acting.ts';
import { begin, castableInSlot, notCast } from '../cast.ts';
import type { CombatPacket } from '../sections.ts';

/** A skill for oneself. */
export const skillCastSelf: CombatPacket<'CLI_SKILL_CAST_SELF'> = (context, { slot }) => {
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  const found = castableInSlot(acting, slot, 'self', context.now);
  if ('refused' in found) return notCast(acting, SkillCancelResult.INVALID_SKILL, found.refused);
  const { at, objectId: targetId } = acting;
  const meant = { skill: found.skill.id, targetId, x: at.x, y: at.y, from: at, begun: false };
  return begin(context, acting, found.skill, meant);
};
