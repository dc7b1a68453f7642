import { deployedFamilies } from '../../../tools/localstack/clients.ts';
import { ENDPOINT } from '../../../tools/localstack/endpoint.ts';
import type { Stage } from '../../e2e/economy/stage.ts';
import { startStoreProxy } from '../../support/store-proxy.ts';
import { giveSettings } from './function-settings.ts';
import { killRuntimes } from './runtimes.ts';
import { emptyDatabase, names } from './world.ts';

/** The functions and tables of this worker, with a proxy between them: whatever a function asks of the database may go wrong on the way. */
export async function deployedStage(): Promise<Stage> {
  const { environment, store, stop } = await emptyDatabase();
  const proxy = await startStoreProxy(ENDPOINT);
  const variables = { DYNAMODB_ENDPOINT: proxy.endpoint };
  const takeBack = await giveSettings(names, variables);
  const families = await deployedFamilies(names);
  return {
    environment: { ...environment, ...variables },
    proxy,
    store,
    victim: 'function',
    async kill(roll) {
      // Where nothing of that family runs, another one's turn.
      const first = Math.floor(roll * families.length);
      for (const family of [...families.slice(first), ...families.slice(0, first)])
        if ((await killRuntimes(names.functionName(family))) > 0) return;
      throw new Error('no function runs');
    },
    async stop() {
      await takeBack();
      await proxy.close();
      await stop();
    },
  };
}
