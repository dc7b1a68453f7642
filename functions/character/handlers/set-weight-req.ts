import { packet } from '../../../shared/kit/index.ts';
import { parseCell } from '../../../shared/world/geometry/grid.ts';
import { cellTopic } from '../../../shared/world/topics.ts';
import type { CharacterPacket } from '../sections.ts';

/** Per cent; what a bag can hold more than that counts as full. */
const FULL = 110;

/** The client says how full its bag is: those nearby see it walk bent. It changes nothing else. */
export const setWeightReq: CharacterPacket<'CLI_SET_WEIGHT_REQ'> = (context, { weight }) => {
  const { presence } = context.sections;
  const cell = parseCell(presence?.cell ?? '');
  if (presence?.visible !== true || cell === undefined) return { refused: 'not_in_world' };
  const told = packet('SRV_SET_WEIGHT', { char_id: presence.objectId, weight: Math.min(FULL, weight) });
  return { deliveries: [{ to: cellTopic(presence.map, cell), packets: [told] }] };
};
