import { SkillCancelResult } from '../../../shared/protocol/packets.generated.ts';
import { contains, distance } from '../../../shared/world/geometry/point.ts';
import { world } from '../../../shared/world/world.ts';
import { actingOf, NOT_IN_WORLD } from '../acting.ts';
import { begin, castableInSlot, notCast } from '../cast.ts';
import { SLACK } from '../judge.ts';
import type { CombatPacket } from '../sections.ts';

/** A skill on a place. */
export const skillCastPosition: CombatPacket<'CLI_SKILL_CAST_POSITION'> = (context, { slot, x, y }) => {
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  const found = castableInSlot(acting, slot, 'position', context.now);
  if ('refused' in found) return notCast(acting, SkillCancelResult.INVALID_SKILL, found.refused);
  const { skill } = found;
  const { at, presence } = acting;
  const map = world.maps.get(presence.map);
  if (map === undefined || !contains(map.area, { x, y }) || distance(at, { x, y }) > skill.range + SLACK)
    return notCast(acting, SkillCancelResult.INVALID_TARGET, 'far');
  return begin(context, acting, skill, { skill: skill.id, targetId: 0, x, y, from: at, begun: false });
};
