import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  LambdaClient,
  ResourceNotFoundException,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { LIVE_ALIAS, type Names, namesOf } from '../../../infra/names.ts';
import { createTables } from '../../../shared/store/index.ts';
import {
  clientConfig,
  deployedFamilies,
  invoke,
  writeRouteEntry,
} from '../../../tools/localstack/clients.ts';
import { names as deployed } from '../../../tools/localstack/stage.ts';
import { openTables } from './tables.ts';

/**
 * Files of tests that run side by side each need a world of their own: every worker has tables, functions with the deployed bundles and
 * a route registry that go by names of its own.
 */
export const namesOfWorker = (worker: number): Names => namesOf(`worker-${worker}`);

/** Seconds between looks at a function that is being made, and until it counts as failed. */
const WAITING = { minDelay: 0.1, maxDelay: 0.5, maxWaitTime: 60 };

/** Makes the world of a worker from what is deployed; one of an earlier run gives way. */
export async function copyDeployed(names: Names): Promise<void> {
  const store = openTables(names);
  await createTables(store);
  store.close();
  const client = new LambdaClient(clientConfig);
  await Promise.all((await deployedFamilies()).map((family) => copyFunction(client, family, names)));
  client.destroy();
}

async function copyFunction(client: LambdaClient, family: string, names: Names): Promise<void> {
  const FunctionName = names.functionName(family);
  const { Configuration, Code } = await client.send(
    new GetFunctionCommand({ FunctionName: deployed.functionName(family), Qualifier: LIVE_ALIAS }),
  );
  const bundle = await fetch(Code?.Location ?? '');
  await client.send(new DeleteFunctionCommand({ FunctionName })).catch((error: unknown) => {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  });
  const made = await client.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: Configuration?.Role,
      Runtime: Configuration?.Runtime,
      Architectures: Configuration?.Architectures,
      Handler: Configuration?.Handler,
      MemorySize: Configuration?.MemorySize,
      Timeout: Configuration?.Timeout,
      Environment: {
        Variables: { ...Configuration?.Environment?.Variables, TABLE_PREFIX: names.tablePrefix },
      },
      Code: { ZipFile: new Uint8Array(await bundle.arrayBuffer()) },
      Publish: true,
    }),
  );
  const FunctionVersion = made.Version ?? '';
  await client.send(new CreateAliasCommand({ FunctionName, Name: LIVE_ALIAS, FunctionVersion }));
  await writeRouteEntry(family, FunctionVersion, names);
  await waitUntilFunctionActiveV2({ client, ...WAITING }, { FunctionName, Qualifier: FunctionVersion });
  // Loaded once, so that the first player need not wait for all of them.
  await invoke(family, { describe: true }, names);
}
