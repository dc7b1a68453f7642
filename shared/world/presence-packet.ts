import type { NamedPacket, Place } from '../contract/index.ts';
import { packet } from '../kit/packet.ts';
import type {
  CharacterSection,
  EffectsSection,
  InventorySection,
  PositionSection,
  PresenceSection,
  VitalsSection,
} from '../sections/index.ts';
import { maxHp } from './formulas.ts';
import { parseCell } from './geometry/grid.ts';
import { COMMAND, MOVE_MODE } from './move-modes.ts';
import { attackSpeedOf, runSpeedOf } from './speeds.ts';
import { statusFlags } from './status-flags.ts';
import { cellTopic } from './topics.ts';
import { isWalking, walkOf, whereIs } from './whereabouts.ts';
import { loadedAmmunition, ridingItems, visibleItems } from './worn.ts';

/** All that others see of a character. */
export interface Seen {
  readonly presence: PresenceSection;
  readonly position: PositionSection;
  readonly character: CharacterSection;
  readonly vitals: VitalsSection | undefined;
  readonly inventory: InventorySection | undefined;
  readonly effects?: EffectsSection | undefined;
}

/** The packet by which a character appears, as of `now`. */
export function presencePacket(seen: Seen, now: number): NamedPacket {
  const { presence, position, character, vitals, inventory, effects } = seen;
  const at = whereIs(position, now);
  const to = isWalking(position, now) ? (position.to ?? at) : at;
  const hp = vitals?.hp ?? maxHp(character.level, character.stats.con);
  return packet('SRV_PLAYER_CHAR', {
    id: presence.objectId,
    x: at.x,
    y: at.y,
    destX: to.x,
    destY: to.y,
    command: commandOf(position, hp, now),
    targetId: position.targetId,
    moveMode: MOVE_MODE[position.gait],
    hp,
    statusFlag: statusFlags(effects?.active),
    race: character.race,
    runSpeed: runSpeedOf(character, inventory, effects),
    atkSpeed: attackSpeedOf(character, inventory),
    face: character.face,
    hair: character.hair,
    inventory: visibleItems(inventory),
    bullets: loadedAmmunition(inventory),
    job: character.job,
    level: Math.min(255, character.level),
    ridingItems: ridingItems(inventory),
    name: character.name,
  });
}

/** The packet by which an object vanishes. */
export function vanishPacket(objectId: number): NamedPacket {
  return packet('SRV_REMOVE_OBJECT', { id: objectId });
}

/** Where a character is seen, and how, as of `now`. */
export function placeOf(seen: Seen, now: number): Place {
  const { presence, position } = seen;
  const cell = parseCell(presence.cell);
  if (cell === undefined) throw new RangeError(`presence.cell is ${presence.cell}`);
  const walk = isWalking(position, now) ? walkOf(position) : undefined;
  return {
    topic: cellTopic(presence.map, cell),
    object: `${presence.map}/${presence.objectId}`,
    appear: presencePacket(seen, now),
    vanish: vanishPacket(presence.objectId),
    ...(walk === undefined ? {} : { motion: { ...walk, fields: { x: 'x', y: 'y' } } }),
    at: whereIs(position, now),
  };
}

function commandOf(position: PositionSection, hp: number, now: number): number {
  if (hp <= 0) return COMMAND.die;
  if (isWalking(position, now)) return COMMAND.move;
  return position.gait === 'sit' ? COMMAND.sit : COMMAND.stop;
}
