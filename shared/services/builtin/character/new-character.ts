import type { JsonObject } from '../../../contract/index.ts';
import type { CharacterSection, InventorySection, VitalsSection } from '../../../sections/index.ts';
import { CHARACTER_RULE, VITALS_RULE } from '../../../sections/rules.ts';
import { type Item, newCore, storedSection } from '../../../store/index.ts';
import { maxHp, maxMp } from '../../../world/formulas.ts';
import { starterInventory } from '../../../world/starter-inventory.ts';
import { world } from '../../../world/world.ts';
import type { CreateRequest } from '../../character.ts';
import { inventoryKey } from '../economy/keys.ts';

/** Every stat of a new character. */
const STAT = 10;
/** Of hair and face. */
const LOOKS = 15;

/** Whether a character may look so: race 0 or 1, hair and face 0 to 15. */
export function mayLookSo(request: Pick<CreateRequest, 'race' | 'hair' | 'face'>): boolean {
  return request.race <= 1 && request.hair <= LOOKS && request.face <= LOOKS;
}

/** The items that a new character begins with: its core item and its inventory. `uid` makes identities of things. */
export function newCharacterItems(
  id: string,
  request: CreateRequest,
  uid: () => string,
): { core: Item; inventory: Item } {
  const character = firstCharacter(id, request);
  const vitals: VitalsSection = {
    hp: maxHp(character.level, character.stats.con),
    mp: maxMp(character.level, character.stats.int),
    at: request.now,
    combatAt: 0,
  };
  const facts = { schema: 1, userId: request.userId, name: request.name, createdAt: request.now };
  const core = newCore(id, facts, {
    character: storedSection(CHARACTER_RULE.version, character as unknown as JsonObject),
    vitals: storedSection(VITALS_RULE.version, vitals as unknown as JsonObject),
  });
  const things: InventorySection = starterInventory(request.race, uid);
  return { core, inventory: { ...(things as unknown as JsonObject), ...inventoryKey(id) } };
}

function firstCharacter(id: string, request: CreateRequest): CharacterSection {
  const { name, race, face, hair, right } = request;
  const { id: map, start } = world.startMap;
  return {
    id,
    name,
    race,
    face,
    hair,
    job: 0,
    level: 1,
    xp: '0',
    stats: { str: STAT, dex: STAT, int: STAT, con: STAT, charm: STAT, sense: STAT },
    statPoints: 0,
    skillPoints: 0,
    skills: world.startSkills,
    hotbar: [],
    revive: { map, x: start.x, y: start.y },
    right,
  };
}
