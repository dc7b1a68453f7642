import { packet } from '../../../shared/kit/index.ts';
import { JoinResult } from '../../../shared/protocol/packets.generated.ts';
import type { CharacterSection, InventorySection, PositionSection } from '../../../shared/sections/index.ts';
import { cellAt, cellName } from '../../../shared/world/geometry/grid.ts';
import { clamp, contains, scatter } from '../../../shared/world/geometry/point.ts';
import { speedOf } from '../../../shared/world/speeds.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { world } from '../../../shared/world/world.ts';
import { obtainObject } from '../objects.ts';
import { restAt } from '../positions.ts';
import type { MovementContext, MovementSignal } from '../sections.ts';
import { CHARACTER_ENTER } from '../signal-names.ts';

/** Units around a start point within which newcomers arrive. */
const START_SCATTER = 150;

/** A connection has taken its character over: it gets an object id and a position, and is not seen yet. */
export const owned: MovementSignal = async (context) => {
  // A region of a map is no character.
  if (context.connection.kind === 'actor') return {};
  const { character, inventory } = context.sections;
  if (character === undefined) return { refused: 'no_character' };
  const position = firstPosition(context, character, inventory);
  const answer = await obtainObject(context, position.map);
  if ('refused' in answer) {
    const failed = packet('SRV_JOIN_SERVER_REPLY', { result: JoinResult.FAILED, id: 0, payFlag: 0 });
    return { replies: [failed], refused: answer.refused, close: { reason: answer.refused } };
  }
  const { objectId } = answer;
  const presence = { objectId, map: position.map, visible: false, cell: cellName(cellAt(position)) };
  return {
    state: { sections: { position, presence } },
    signals: [{ to: 'self', name: CHARACTER_ENTER, payload: { objectId } }],
  };
};

/** The stored position at rest; the start point of the town for one who has none, or whose map is gone. */
function firstPosition(
  context: MovementContext,
  character: CharacterSection,
  inventory: InventorySection | undefined,
): PositionSection {
  const { now } = context;
  const stored = context.sections.position;
  const map = stored === undefined ? undefined : world.maps.get(stored.map);
  const speed = speedOf('run', character, inventory);
  if (stored !== undefined && map !== undefined) {
    const at = whereIs(stored, now);
    if (contains(map.area, at)) return { ...restAt(stored, at, now), gait: 'run', speed };
  }
  const { startMap } = world;
  const at = clamp(
    startMap.area,
    scatter(startMap.start, START_SCATTER, () => context.dice.float()),
  );
  return { map: startMap.id, x: at.x, y: at.y, speed, start: now, gait: 'run', targetId: 0 };
}
