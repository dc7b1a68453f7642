import type { WorldService } from '../../shared/services/index.ts';

/** What movement asks of the services: object ids. */
export interface MovementServices {
  readonly world: Pick<WorldService, 'allocateObject' | 'freeObject'>;
}
