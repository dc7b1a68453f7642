import { type FamilyUnderTest, testFamily } from '../../../shared/kit/testing/index.ts';
import { createWorldService } from '../../../shared/services/builtin/index.ts';
import { granted, type Store } from '../../../shared/store/index.ts';
import {
  sampleCharacter,
  sampleInventory,
  samplePosition,
  samplePresence,
  sampleVitals,
} from '../../../shared/world/testing/sample-character.ts';
import { family } from '../family.ts';
import type { MovementSection } from '../sections.ts';
import type { MovementServices } from '../services.ts';

/** The clock at the start of every test. */
export const NOW = 1_800_000_000_000;

export type Walker = FamilyUnderTest<MovementSection, MovementServices>;

/** A character that is in the world at (x, y) of the town. */
export function walkerAt(from: Store | MovementServices, x = 520_000, y = 520_000): Walker {
  return testFamily(family, {
    services: servicesOf(from),
    now: NOW,
    userId: 'u1',
    characterId: 'c1',
    sections: { ...looks(), position: samplePosition(NOW, x, y), presence: samplePresence(x, y) },
  });
}

/** A character whose connection has just taken it over. */
export function newcomer(from: Store | MovementServices, characterId = 'c1', id = 'test-1'): Walker {
  return testFamily(family, {
    services: servicesOf(from),
    now: NOW,
    id,
    userId: 'u1',
    characterId,
    sections: looks(characterId),
  });
}

/** The actor of a region, which has no sections of this family. */
export function regionOf(from: Store | MovementServices, actor: string): Walker {
  return testFamily(family, { services: servicesOf(from), now: NOW, actor, characterId: actor });
}

/** The built-in services over a store, unless they are given. */
function servicesOf(from: Store | MovementServices): MovementServices {
  return 'world' in from ? from : { world: createWorldService(granted(from, family.manifest.tables)) };
}

function looks(characterId = 'c1') {
  return { character: sampleCharacter(characterId), vitals: sampleVitals(NOW), inventory: sampleInventory() };
}
