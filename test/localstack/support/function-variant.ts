import {
  GetFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { LIVE_ALIAS, type Names } from '../../../infra/names.ts';
import { clientConfig, moveLive } from '../../../tools/localstack/clients.ts';

/** Seconds between looks at a function that is being changed, and until it counts as failed. */
const WAITING = { minDelay: 0.1, maxDelay: 0.5, maxWaitTime: 60 };

/** Puts a version with these environment variables besides its own behind a family's live alias. Returns what puts the former back. */
export async function variantOf(
  names: Names,
  family: string,
  variables: Readonly<Record<string, string>>,
): Promise<() => Promise<void>> {
  const client = new LambdaClient(clientConfig);
  const FunctionName = names.functionName(family);
  const live = await client.send(new GetFunctionCommand({ FunctionName, Qualifier: LIVE_ALIAS }));
  const { Environment, Version = '' } = live.Configuration ?? {};
  const Variables = { ...Environment?.Variables, ...variables };
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdatedV2({ client, ...WAITING }, { FunctionName });
  const published = await client.send(new PublishVersionCommand({ FunctionName }));
  client.destroy();
  await moveLive(family, published.Version ?? '', names);
  return () => moveLive(family, Version, names);
}
