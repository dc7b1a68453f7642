import type { NamedPacket } from '../../shared/contract/index.ts';
import { wireItem } from '../../shared/economy/wire.ts';
import { packet } from '../../shared/kit/index.ts';
import type { ItemInput } from '../../shared/protocol/packets.generated.ts';
import type {
  CharacterSection,
  InventorySection,
  PositionSection,
  VitalsSection,
  WishesSection,
} from '../../shared/sections/index.ts';
import { WISH_SLOTS } from '../../shared/sections/wishes.ts';
import { whereIs } from '../../shared/world/whereabouts.ts';
import { visibleItems } from '../../shared/world/worn.ts';

/** Slots of an inventory on the wire, the unused first one included. */
const SLOTS = 140;
const SKILLS = 120;
const HOTBAR = 32;
const U32 = 0xffff_ffff;

/** All that is the character's own. */
export function inventoryPacket(inventory: InventorySection): NamedPacket {
  const items = Array.from({ length: SLOTS }, (_, slot) => wireItem(inventory.slots[slot]));
  return packet('SRV_INVENTORY_DATA', { zuly: inventory.zuly, items });
}

/** What the character is, as of `now`. */
export function selfPacket(
  character: CharacterSection,
  vitals: VitalsSection,
  position: PositionSection,
  inventory: InventorySection,
  now: number,
): NamedPacket {
  const { stats } = character;
  const at = whereIs(position, now);
  return packet('SRV_SELECT_CHAR_REPLY', {
    race: character.race,
    map: position.map,
    x: at.x,
    y: at.y,
    spawn: character.revive.map,
    bodyFace: character.face,
    bodyHair: character.hair,
    equippedItems: visibleItems(inventory),
    face: character.face,
    hair: character.hair,
    job: character.job,
    str: stats.str,
    dex: stats.dex,
    int_: stats.int,
    con: stats.con,
    charm: stats.charm,
    sense: stats.sense,
    hp: vitals.hp,
    mp: vitals.mp,
    xp: Math.min(U32, Number(character.xp)),
    level: character.level,
    statPoints: character.statPoints,
    skillPoints: character.skillPoints,
    skills: filled(character.skills, SKILLS, 0),
    hotbar: filled(character.hotbar, HOTBAR, { type: 0, slotId: 0 }),
    tag: tagOf(character.id),
    name: character.name,
  });
}

/** What the client keeps of quests, none of which exist yet, and the wish list. */
export function questPacket(wishes: WishesSection | undefined): NamedPacket {
  const wishlist = Array.from({ length: WISH_SLOTS }, (_, slot): ItemInput => {
    const wish = wishes?.slots[slot];
    return wish === undefined ? {} : { header: { header: wish.header }, data: { count: wish.data } };
  });
  return packet('SRV_QUEST_DATA', { wishlist });
}

/** A number by which clients tell characters apart: the first 32 bits of the id. */
function tagOf(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) >>> 0;
}

function filled<T>(values: readonly T[], length: number, empty: T): T[] {
  return Array.from({ length }, (_, n) => values[n] ?? empty);
}
