import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import type { CharacterService, WorldService } from '../../shared/services/index.ts';
import { openBacking, openCharacters, openWorld } from '../../shared/services/open-services.ts';
import type { Patience } from '../../shared/store/index.ts';

/** What items ask of the services: possessions and their settlement, the ground, object ids for what lies on it. */
export interface ItemsServices {
  readonly economy: Pick<CharacterService, 'settle' | 'possessions' | 'onGround'>;
  readonly world: Pick<WorldService, 'allocateObject' | 'freeObject'>;
}

/** Others of the batch wait as long as one of them tries. */
const PATIENCE: Patience = { within: 1_000, first: 20, longest: 200 };

export function itemsServices(environment: Environment, grants: TableGrants): ItemsServices {
  const backing = openBacking(environment, { grants, patience: PATIENCE });
  return { economy: openCharacters(backing), world: openWorld(backing) };
}
