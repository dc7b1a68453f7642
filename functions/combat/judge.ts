import type { PartySection } from '../../shared/sections/index.ts';
import { distance } from '../../shared/world/geometry/point.ts';
import { world } from '../../shared/world/world.ts';
import type { Acting } from './acting.ts';
import type { Doer, Verdict } from './facts.ts';

/** Units beyond a weapon's reach that count as within: what two who move and their clocks may differ by. */
export const SLACK = 150;

/** Whether something can be done to a character: where players may not fight, or against oneself and one's own party, nothing that hurts. */
export function judge(
  acting: Acting,
  doer: Doer,
  hostile: boolean,
  party: PartySection | undefined,
): Verdict {
  if (acting.vitals.hp <= 0) return 'dead';
  if (hostile && doer.byId !== '') {
    const map = world.maps.get(acting.presence.map);
    const friends = party?.party?.members.some(({ id }) => id === doer.byId) === true;
    if (map?.pvp !== true || friends || doer.byId === acting.id) return 'forbidden';
  }
  return distance(acting.at, doer) > doer.reach + SLACK ? 'far' : 'ok';
}
