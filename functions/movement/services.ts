import type { TableGrants } from '../../shared/contract/index.ts';
import type { Environment } from '../../shared/kit/index.ts';
import type { WorldService } from '../../shared/services/index.ts';
import { openBacking, openWorld } from '../../shared/services/open-services.ts';
import type { Patience } from '../../shared/store/index.ts';

/** What movement asks of the services: object ids. */
export interface MovementServices {
  readonly world: Pick<WorldService, 'allocateObject' | 'freeObject'>;
}

/** Others of the batch wait as long as one of them tries: better a refused gate than a second of stillness for all. */
const PATIENCE: Patience = { within: 800, first: 20, longest: 200 };

export function movementServices(environment: Environment, grants: TableGrants): MovementServices {
  return { world: openWorld(openBacking(environment, { grants, patience: PATIENCE })) };
}
