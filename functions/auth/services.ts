import type { AuthService, CharacterService } from '../../shared/services/index.ts';

/** What auth asks of the services. */
export interface AuthServices {
  readonly auth: AuthService;
  readonly characters: Pick<CharacterService, 'playable'>;
}
