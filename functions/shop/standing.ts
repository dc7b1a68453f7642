import type { Point } from '../../shared/contract/index.ts';
import type {
  CharacterSection,
  InventorySection,
  PositionSection,
  PresenceSection,
} from '../../shared/sections/index.ts';
import { distance } from '../../shared/world/geometry/point.ts';
import { isWalking, whereIs } from '../../shared/world/whereabouts.ts';
import { REACH } from './names.ts';
import type { ShopContext } from './sections.ts';

/** A character that stands in the world and lives. */
export interface Standing {
  readonly characterId: string;
  readonly character: CharacterSection;
  readonly presence: PresenceSection;
  readonly position: PositionSection;
  readonly inventory: InventorySection;
  readonly at: Point;
  readonly walking: boolean;
}

/** Who acts, or why nobody can. */
export function standingOf(context: ShopContext): Standing | { readonly refused: 'not_in_world' | 'dead' } {
  const { character, presence, position, inventory, vitals } = context.sections;
  const { characterId, now } = context;
  if (characterId === null || !character || presence?.visible !== true || !position || !inventory)
    return { refused: 'not_in_world' };
  if (vitals !== undefined && vitals.hp <= 0) return { refused: 'dead' };
  const at = whereIs(position, now);
  const walking = isWalking(position, now);
  return { characterId, character, presence, position, inventory, at, walking };
}

/** Whether somebody else is near enough to deal with. */
export function isNear(standing: Standing, place: { readonly map: number } & Point): boolean {
  return place.map === standing.presence.map && distance(standing.at, place) <= REACH;
}
