import type { AuthService, CharacterService } from '../../shared/services/index.ts';

/** What the character family asks of the services. */
export interface CharacterServices {
  readonly characters: CharacterService;
  readonly auth: Pick<AuthService, 'issueTicket'>;
}
