import {
  GetAliasCommand,
  InvokeCommand,
  LambdaClient,
  ResourceNotFoundException,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { GetParametersByPathCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { LIVE_ALIAS } from '../../infra/names.ts';
import { ENDPOINT, REGION } from './endpoint.ts';
import { names as deployed } from './stage.ts';

/** Of every AWS client that talks to LocalStack. */
export const clientConfig = {
  endpoint: ENDPOINT,
  region: REGION,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

/** The version that a family's live alias points to; undefined when it is not deployed. */
export async function liveVersion(family: string, names = deployed): Promise<string | undefined> {
  const client = new LambdaClient(clientConfig);
  try {
    const command = new GetAliasCommand({ FunctionName: names.functionName(family), Name: LIVE_ALIAS });
    return (await client.send(command)).FunctionVersion;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

/** Moves a family's live alias to a version that was deployed before: how a bad version is taken back. */
export async function moveLive(family: string, version: string, names = deployed): Promise<void> {
  const client = new LambdaClient(clientConfig);
  try {
    const FunctionName = names.functionName(family);
    await client.send(new UpdateAliasCommand({ FunctionName, Name: LIVE_ALIAS, FunctionVersion: version }));
  } finally {
    client.destroy();
  }
}

/**
 * Invokes a family's live alias.
 * @throws Error with what the function said when it failed
 */
export async function invoke(family: string, payload: unknown, names = deployed): Promise<unknown> {
  const client = new LambdaClient(clientConfig);
  try {
    const answer = await client.send(
      new InvokeCommand({
        FunctionName: names.functionName(family),
        Qualifier: LIVE_ALIAS,
        Payload: JSON.stringify(payload),
      }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString();
    if (answer.FunctionError !== undefined) throw new Error(`${family}: ${text}`);
    return JSON.parse(text);
  } finally {
    client.destroy();
  }
}

/** Names of the families in the route registry. */
export async function deployedFamilies(names = deployed): Promise<string[]> {
  const client = new SSMClient(clientConfig);
  try {
    const families: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new GetParametersByPathCommand({ Path: names.routesPath, NextToken }));
      for (const { Name = '' } of page.Parameters ?? [])
        families.push(Name.slice(names.routesPath.length + 1));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return families.sort();
  } finally {
    client.destroy();
  }
}

/** Writes a family's route entry, as its stack does on AWS: a hot swap moves the function and its alias only. */
export async function writeRouteEntry(family: string, version: string, names = deployed): Promise<void> {
  const client = new SSMClient(clientConfig);
  const Value = JSON.stringify({ v: 1, function: names.functionName(family), alias: LIVE_ALIAS, version });
  try {
    await client.send(
      new PutParameterCommand({ Name: names.routeEntry(family), Value, Type: 'String', Overwrite: true }),
    );
  } finally {
    client.destroy();
  }
}
