import { ReviveRequest } from '../../../shared/protocol/packets.generated.ts';
import type { PositionSection } from '../../../shared/sections/index.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { world } from '../../../shared/world/world.ts';
import { COMBAT } from '../names.ts';
import type { CharacterContext, CharacterPacket } from '../sections.ts';

/** Where a dead character wants to live again: the nearest point for that, the one it chose, the map's start, or where it lies. */
export const reviveReq: CharacterPacket<'CLI_REVIVE_REQ'> = (context, { reviveType }) => {
  const { position, presence, vitals } = context.sections;
  if (position === undefined || vitals === undefined || presence?.visible !== true)
    return { refused: 'not_in_world' };
  if (vitals.hp > 0) return { refused: 'alive' };
  const there = placeOf(context, position, reviveType);
  if (there === undefined) return { refused: 'bad_revive_type' };
  const { map, x, y } = there;
  return { signals: [{ to: 'self', name: COMBAT.revive, payload: { map, x, y } }] };
};

function placeOf(
  { now, sections }: CharacterContext,
  position: PositionSection,
  type: number,
): { readonly map: number; readonly x: number; readonly y: number } | undefined {
  const here = { map: position.map, ...whereIs(position, now) };
  const map = world.maps.get(position.map) ?? world.startMap;
  switch (type) {
    case ReviveRequest.REVIVE_POSITION: {
      const [nearest = map.start] = [...map.revive].sort((a, b) => distance(a, here) - distance(b, here));
      return { map: map.id, ...nearest };
    }
    case ReviveRequest.SAVE_POSITION: {
      const saved = sections.character?.revive;
      return saved !== undefined && world.maps.has(saved.map) ? saved : { map: map.id, ...map.start };
    }
    case ReviveRequest.START_POSITION:
      return { map: map.id, ...map.start };
    case ReviveRequest.CURRENT_POSITION:
      return here;
    default:
      return undefined;
  }
}
