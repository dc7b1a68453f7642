import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import { granted, openStore, type Patience } from '../../shared/store/index.ts';
import { createParties, type Parties } from './store/parties.ts';

/** What the party family works with: the parties of the store. */
export interface PartyServices {
  readonly parties: Parties;
}

/** Others of the batch wait as long as one of them tries. */
const PATIENCE: Patience = { within: 800, first: 20, longest: 200 };

export function partyServices(environment: Environment, grants: TableGrants): PartyServices {
  return { parties: createParties(granted(openStore(environment, { patience: PATIENCE }), grants)) };
}
