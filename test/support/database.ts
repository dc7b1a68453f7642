import type { Store } from '../../shared/store/index.ts';
import { startTestEngine } from './engine.ts';
import { DEPLOYED } from './ground.ts';

/** A database that a test looks into, or that several of its services share. */
export interface TestDatabase {
  /** Settings by which a service uses it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly store: Store;
  stop(): Promise<void>;
}

/** An empty database with all tables, for services as they are started by this run of the tests. */
export async function startDatabase(): Promise<TestDatabase> {
  if (!DEPLOYED) return startTestEngine();
  const { emptyDatabase } = await import('../localstack/support/world.ts');
  return emptyDatabase();
}
