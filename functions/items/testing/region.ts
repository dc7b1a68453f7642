import { type FamilyUnderTest, testFamily } from '../../../shared/kit/testing/index.ts';
import { createCharacterService, createWorldService } from '../../../shared/services/builtin/index.ts';
import { granted, type Store } from '../../../shared/store/index.ts';
import { regionActor } from '../../../shared/world/regions.ts';
import { family } from '../family.ts';
import type { ItemsKey } from '../sections.ts';
import type { ItemsServices } from '../services.ts';

export type ItemsUnderTest = FamilyUnderTest<ItemsKey, ItemsServices>;

export function servicesOver(whole: Store): ItemsServices {
  const store = granted(whole, family.manifest.tables);
  return { economy: createCharacterService(store), world: createWorldService(store) };
}

/** The actor of a region, as one ingress process runs it. */
export function regionUnderTest(
  store: Store,
  map: number,
  region: string,
  options: { id: string; now: number; services?: ItemsServices },
): ItemsUnderTest {
  const actor = regionActor(map, region);
  return testFamily(family, {
    services: servicesOver(store),
    ...options,
    actor,
    characterId: actor,
    stage: 'actor',
    epoch: 1,
  });
}
