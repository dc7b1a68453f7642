import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import type { AuthService, CharacterService } from '../../shared/services/index.ts';
import { openAuth, openBacking, openCharacters } from '../../shared/services/open-services.ts';

/** What the character family asks of the services. */
export interface CharacterServices {
  readonly characters: CharacterService;
  readonly auth: Pick<AuthService, 'issueTicket'>;
}

export function characterServices(environment: Environment, grants: TableGrants): CharacterServices {
  const backing = openBacking(environment, { grants });
  return { characters: openCharacters(backing), auth: openAuth(backing) };
}
