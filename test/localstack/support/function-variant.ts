import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { clientConfig, liveVersion, moveLive } from '../../../tools/localstack/clients.ts';
import { names } from '../../../tools/localstack/stage.ts';

/** Seconds between looks at a function that is being changed, and until it counts as failed. */
const WAITING = { minDelay: 0.1, maxDelay: 0.5, maxWaitTime: 60 };

/** Puts a version with these environment variables besides its own behind a family's live alias. Returns what puts the former back. */
export async function variantOf(
  family: string,
  variables: Readonly<Record<string, string>>,
): Promise<() => Promise<void>> {
  const client = new LambdaClient(clientConfig);
  const FunctionName = names.functionName(family);
  const configure = (Variables: Record<string, string>) =>
    client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  const version = await liveVersion(family);
  if (version === undefined) throw new Error(`${family} is not deployed`);
  const look = (Qualifier?: string) =>
    client.send(new GetFunctionConfigurationCommand({ FunctionName, ...(Qualifier && { Qualifier }) }));
  const { CodeSha256, Environment } = await look();
  if (CodeSha256 !== (await look(version)).CodeSha256)
    throw new Error(`${family}: its live alias was moved away from the code deployed last`);
  const before = Environment?.Variables ?? {};
  await configure({ ...before, ...variables });
  await waitUntilFunctionUpdatedV2({ client, ...WAITING }, { FunctionName });
  const published = await client.send(new PublishVersionCommand({ FunctionName }));
  await moveLive(family, published.Version ?? '');
  return async () => {
    await moveLive(family, version);
    await configure(before);
    client.destroy();
  };
}
