import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import { createCharacterService } from '../../shared/services/builtin/index.ts';
import type { CharacterService } from '../../shared/services/index.ts';
import { openBacking, openCharacters } from '../../shared/services/open-services.ts';
import type { Patience, Store } from '../../shared/store/index.ts';
import { type Clans, createClans } from './store/clans.ts';

/** What the clan family works with: the clans of the store, and who has a name. */
export interface ClanServices {
  readonly clans: Clans;
  readonly characters: Pick<CharacterService, 'findByName'>;
}

/** Others of the batch wait as long as one of them tries. */
const PATIENCE: Patience = { within: 800, first: 20, longest: 200 };

export function clanServices(environment: Environment, grants: TableGrants): ClanServices {
  const backing = openBacking(environment, { grants, patience: PATIENCE });
  return { ...servicesOn(backing.store()), characters: openCharacters(backing) };
}

export function servicesOn(store: Store): ClanServices {
  return { clans: createClans(store), characters: createCharacterService(store) };
}
