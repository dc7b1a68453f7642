import type { Store } from '../../../store/index.ts';
import type { Population } from './population.ts';
import type { AuthSettings } from './settings.ts';

/** What the calls of the auth service work with. */
export interface AuthEnvironment {
  readonly store: Store;
  readonly settings: AuthSettings;
  readonly census: (now: number) => Promise<Population>;
}
