import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import type { CharacterService } from '../../shared/services/index.ts';
import { openBacking, openCharacters } from '../../shared/services/open-services.ts';
import type { Patience } from '../../shared/store/index.ts';

/** What chat asks of the services: who has a name. */
export interface ChatServices {
  readonly characters: Pick<CharacterService, 'findByName'>;
}

/** Others of the batch wait as long as one whisper tries. */
const PATIENCE: Patience = { within: 800, first: 20, longest: 200 };

export function chatServices(environment: Environment, grants: TableGrants): ChatServices {
  return { characters: openCharacters(openBacking(environment, { grants, patience: PATIENCE })) };
}
