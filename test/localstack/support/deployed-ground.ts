import { ingressEnvironment } from '../../../tools/localstack/environment.ts';
import type { Ground, GroundOptions } from '../../support/ground.ts';
import { giveSettings } from './function-settings.ts';
import { emptyDatabase } from './tables.ts';

/** The functions and tables that are deployed to LocalStack, for one service at a time or for several with the same settings. */
export async function deployedGround({ dataDir, settings }: GroundOptions): Promise<Ground> {
  const environment = ingressEnvironment();
  if (dataDir === undefined && settings.DYNAMODB_ENDPOINT === undefined) await (await emptyDatabase()).stop();
  const asked = Object.entries(settings).filter(([name]) => !Object.hasOwn(environment, name));
  return {
    environment,
    dataDir: dataDir ?? 'tables',
    release: await giveSettings(Object.fromEntries(asked)),
  };
}
