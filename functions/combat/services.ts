import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import type { CharacterService, WorldService } from '../../shared/services/index.ts';
import { openBacking, openCharacters, openWorld } from '../../shared/services/open-services.ts';
import type { Patience } from '../../shared/store/index.ts';

/** What combat asks of the services: object ids for monsters, and settlements for what they leave behind. */
export interface CombatServices {
  readonly world: Pick<WorldService, 'allocateObject' | 'freeObject'>;
  readonly economy: Pick<CharacterService, 'settle'>;
}

/** Others of the batch wait as long as one of them tries. */
const PATIENCE: Patience = { within: 1000, first: 20, longest: 200 };

export function combatServices(environment: Environment, grants: TableGrants): CombatServices {
  const backing = openBacking(environment, { grants, patience: PATIENCE });
  return { world: openWorld(backing), economy: openCharacters(backing) };
}
