import { type FamilyUnderTest, testFamily } from '../../../shared/kit/testing/index.ts';
import type { CharacterSection, PositionSection, StoredItem } from '../../../shared/sections/index.ts';
import { cellAt, cellName } from '../../../shared/world/geometry/grid.ts';
import {
  sampleCharacter,
  sampleInventory,
  samplePosition,
  samplePresence,
  sampleVitals,
} from '../../../shared/world/testing/sample-character.ts';
import { family } from '../family.ts';
import type { CombatSection } from '../sections.ts';
import type { CombatServices } from '../services.ts';

/** The clock at the start of every test. */
export const NOW = 1_800_000_000_000;
/** A map on which players may fight, and where the tests' fighters stand. */
export const FIELD = 22;
export const HERE = { x: 520_000, y: 488_000 };

export type Fighter = FamilyUnderTest<CombatSection, CombatServices>;

interface Given {
  readonly map?: number;
  readonly character?: Partial<CharacterSection>;
  readonly position?: Partial<PositionSection>;
  readonly objectId?: number;
  readonly id?: string;
  readonly seed?: number;
}

/** For tests in which nothing is asked of a service. */
const NO_SERVICES = {} as CombatServices;

/** A character in the world, by default at full health on the field. */
export function fighter(given: Given = {}, services: CombatServices = NO_SERVICES): Fighter {
  const { map = FIELD, objectId = 2000, id = 'c1' } = given;
  const position = { ...samplePosition(NOW, HERE.x, HERE.y), map, ...given.position };
  return testFamily(family, {
    services,
    now: NOW,
    id: `connection-${id}`,
    userId: 'u1',
    characterId: id,
    seed: given.seed ?? 1,
    sections: {
      character: { ...sampleCharacter(id), skills: [1, 4, 9, 8, 10, 11, 6, 5, 12], ...given.character },
      inventory: sampleInventory(),
      vitals: sampleVitals(NOW),
      position,
      presence: { ...samplePresence(HERE.x, HERE.y, objectId), map, cell: cellName(cellAt(position)) },
    },
  });
}

/** A bow, as it is carried. */
export const BOW = {
  kind: 'single',
  uid: 'b',
  type: 8,
  id: 7,
  isCreated: false,
  gem: 0,
  durability: 1,
  life: 9,
  hasSocket: false,
  isAppraised: true,
  refine: 0,
} as const;

/** Puts things into slots of its inventory. */
export function equip({ connection }: Fighter, items: Readonly<Record<string, StoredItem>>): void {
  const { slots, ...rest } = connection.sections.inventory as { slots: object };
  connection.sections.inventory = { ...rest, slots: { ...slots, ...items } };
}

/** A blow that meets nearly always, by a player who stands beside. */
export const blow = (over: Record<string, unknown> = {}) => ({
  by: 3000,
  byId: 'c2',
  connection: 'other',
  ...HERE,
  reach: 200,
  skill: 0,
  level: 1,
  attack: 30,
  hit: 500,
  critical: 0,
  power: 100,
  effect: null,
  partyId: null,
  ...over,
});
