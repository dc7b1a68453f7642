import type { CharacterService } from '../../shared/services/index.ts';

/** What chat asks of the services: who has a name. */
export interface ChatServices {
  readonly characters: Pick<CharacterService, 'findByName'>;
}
