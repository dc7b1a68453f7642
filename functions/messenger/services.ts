import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import { createCharacterService } from '../../shared/services/builtin/index.ts';
import type { CharacterService } from '../../shared/services/index.ts';
import { openBacking, openCharacters } from '../../shared/services/open-services.ts';
import type { Patience, Store } from '../../shared/store/index.ts';
import { createFriends, type Friends } from './store/friends.ts';

/** What the messenger works with: the lists of friends, and who has a name. */
export interface MessengerServices {
  readonly friends: Friends;
  readonly characters: Pick<CharacterService, 'findByName'>;
}

/** Others of the batch wait as long as one of them tries. */
const PATIENCE: Patience = { within: 800, first: 20, longest: 200 };

export function messengerServices(environment: Environment, grants: TableGrants): MessengerServices {
  const backing = openBacking(environment, { grants, patience: PATIENCE });
  return { ...servicesOn(backing.store()), characters: openCharacters(backing) };
}

export function servicesOn(store: Store): MessengerServices {
  return { friends: createFriends(store), characters: createCharacterService(store) };
}
