import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import { type AuditLog, createAuditLog } from '../../shared/services/builtin/audit/audit-log.ts';
import { createAccountService, createCharacterService } from '../../shared/services/builtin/index.ts';
import type { AccountService, CharacterService } from '../../shared/services/index.ts';
import { openAccounts, openBacking, openCharacters } from '../../shared/services/open-services.ts';
import type { Patience, Store } from '../../shared/store/index.ts';
import { type Census, createCensus } from './census.ts';

/** What operators' commands need: accounts to ban, characters to find and give to, who is in the world, and the log of what was done. */
export interface OperatorsServices {
  readonly accounts: Pick<AccountService, 'find' | 'setBanned'>;
  readonly characters: Pick<CharacterService, 'findByName' | 'settle' | 'possessions'>;
  readonly census: Census;
  readonly audit: Pick<AuditLog, 'write'>;
}

/** Others of the batch wait as long as one of them tries. */
const PATIENCE: Patience = { within: 800, first: 20, longest: 200 };

export function operatorsServices(environment: Environment, grants: TableGrants): OperatorsServices {
  const backing = openBacking(environment, { grants, patience: PATIENCE });
  return {
    ...servicesOn(backing.store()),
    accounts: openAccounts(backing),
    characters: openCharacters(backing),
  };
}

export function servicesOn(store: Store): OperatorsServices {
  return {
    accounts: createAccountService(store),
    characters: createCharacterService(store),
    census: createCensus(store),
    audit: createAuditLog(store),
  };
}
