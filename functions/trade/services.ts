import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import type { CharacterService } from '../../shared/services/index.ts';
import { openBacking, openCharacters } from '../../shared/services/open-services.ts';
import type { Patience } from '../../shared/store/index.ts';

/** What trade asks of the services: possessions, and their settlement. */
export interface TradeServices {
  readonly economy: Pick<CharacterService, 'settle' | 'possessions'>;
}

/** Others of the batch wait as long as one of them tries; a trade whose settlement failed is taken up again a second later. */
const PATIENCE: Patience = { within: 1_000, first: 20, longest: 200 };

export function tradeServices(environment: Environment, grants: TableGrants): TradeServices {
  return { economy: openCharacters(openBacking(environment, { grants, patience: PATIENCE })) };
}
