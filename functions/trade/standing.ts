import type { Point } from '../../shared/contract/index.ts';
import { TradeState } from '../../shared/protocol/packets.generated.ts';
import type {
  InventorySection,
  PositionSection,
  PresenceSection,
  TradePlace,
} from '../../shared/sections/index.ts';
import { distance } from '../../shared/world/geometry/point.ts';
import { whereIs } from '../../shared/world/whereabouts.ts';
import type { Side } from './machine.ts';
import { REQUEST_PATIENCE, TRADE_RANGE } from './names.ts';
import type { TradeContext } from './sections.ts';

/** A character that stands in the world. */
export interface Standing {
  readonly characterId: string;
  readonly presence: PresenceSection;
  readonly position: PositionSection;
  readonly inventory: InventorySection;
  readonly dead: boolean;
  readonly at: Point;
  readonly place: TradePlace;
}

/** Who acts; undefined while nobody is in the world on this connection. */
export function standingOf(context: TradeContext): Standing | undefined {
  const { presence, position, inventory, vitals } = context.sections;
  const { characterId, now } = context;
  if (characterId === null || presence?.visible !== true || !position || !inventory) return undefined;
  const { map, x, y, to, speed, start } = position;
  return {
    characterId,
    presence,
    position,
    inventory,
    dead: vitals !== undefined && vitals.hp <= 0,
    at: whereIs(position, now),
    place: { map, x, y, ...(to === undefined ? {} : { to }), speed, start },
  };
}

/** Whether a place that somebody told of is too far from here by now. */
export function isTooFar({ at, presence }: Standing, place: TradePlace, now: number): boolean {
  const there = whereIs({ ...place, gait: 'run', targetId: 0 }, now);
  return place.map !== presence.map || !(distance(at, there) <= TRADE_RANGE);
}

/** Why a trade cannot go on from this side, as a code of TradeState; undefined when it can. */
export function obstacle(side: Side, standing: Standing | undefined, now: number): number | undefined {
  if (standing === undefined) return TradeState.CANCEL;
  const { me, partner, open, since } = side;
  const { presence } = standing;
  if (standing.characterId !== me.characterId || presence.objectId !== me.objectId) return TradeState.CANCEL;
  if (presence.map !== me.map) return TradeState.TOO_FAR;
  if (standing.dead) return TradeState.CANCEL;
  if (partner.place !== null && isTooFar(standing, partner.place, now)) return TradeState.TOO_FAR;
  return !open && now - since > REQUEST_PATIENCE ? TradeState.CANCEL : undefined;
}
