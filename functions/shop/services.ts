import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import type { CharacterService } from '../../shared/services/index.ts';
import { openBacking, openCharacters } from '../../shared/services/open-services.ts';
import type { Patience } from '../../shared/store/index.ts';

/** What shops ask of the services: possessions, and their settlement. */
export interface ShopServices {
  readonly economy: Pick<CharacterService, 'settle' | 'possessions'>;
}

/** Others of the batch wait as long as one of them tries. */
const PATIENCE: Patience = { within: 1_000, first: 20, longest: 200 };

export function shopServices(environment: Environment, grants: TableGrants): ShopServices {
  return { economy: openCharacters(openBacking(environment, { grants, patience: PATIENCE })) };
}
