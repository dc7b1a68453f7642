import type { Store } from '../../../shared/store/index.ts';
import { startTestEngine } from '../../support/engine.ts';
import { DEPLOYED } from '../../support/ground.ts';
import { type StoreProxy, startStoreProxy } from '../../support/store-proxy.ts';

/** What the economy is played on, and what of it can die at any moment. */
export interface Stage {
  /** Settings of the service: its way to the database leads through `proxy`, as that of the functions does. */
  readonly environment: Readonly<Record<string, string>>;
  readonly proxy: StoreProxy;
  /** The database, without detours. */
  readonly store: Store;
  /** What dies by turns with the ingress: the database engine, or processes of a function. */
  readonly victim: 'engine' | 'function';
  /** Kills it. `roll`: from 0 up to, not including, 1. */
  kill(roll: number): Promise<void>;
  stop(): Promise<void>;
}

/** An empty world, embedded or at LocalStack, whichever this run of the tests plays against. */
export async function setStage(): Promise<Stage> {
  if (!DEPLOYED) return embedded();
  const { deployedStage } = await import('../../localstack/support/stage.ts');
  return deployedStage();
}

async function embedded(): Promise<Stage> {
  const engine = await startTestEngine();
  const proxy = await startStoreProxy(engine.engine.endpoint);
  return {
    environment: { ...engine.environment, DYNAMODB_ENDPOINT: proxy.endpoint },
    proxy,
    store: engine.store,
    victim: 'engine',
    async kill() {
      process.kill(engine.engine.pid, 'SIGKILL');
    },
    async stop() {
      await proxy.close();
      await engine.stop();
    },
  };
}
