import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import type { AuthService, CharacterService } from '../../shared/services/index.ts';
import { openAuth, openBacking, openCharacters } from '../../shared/services/open-services.ts';

/** What auth asks of the services. */
export interface AuthServices {
  readonly auth: AuthService;
  readonly characters: Pick<CharacterService, 'playable'>;
}

export function authServices(environment: Environment, grants: TableGrants): AuthServices {
  const backing = openBacking(environment, { grants });
  return { auth: openAuth(backing), characters: openCharacters(backing) };
}
