import { join } from 'node:path';
import { awsEnvironment, ENDPOINT, REGION } from './endpoint.ts';
import { run } from './run.ts';
import { STAGE } from './stage.ts';

const root = join(import.meta.dirname, '../..');

export interface CdkOptions {
  /** Root of the families to deploy, with `functions/` and `shared/`. @default the project */
  readonly source?: string;
  /** Shows its progress. @default true */
  readonly show?: boolean;
}

/** Runs `cdklocal` for the stage of LocalStack. */
export async function cdklocal(
  args: readonly string[],
  { source = root, show = true }: CdkOptions = {},
): Promise<void> {
  await run(
    join(root, 'node_modules/.bin/cdklocal'),
    [...args, '-c', `stage=${STAGE}`, '--output', '.localstack/cdk.out'],
    {
      cwd: root,
      show,
      env: {
        ...awsEnvironment,
        // Its script asks for `node` on the PATH.
        PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
        PACKET_EDGE_ROOT: source,
        CDK_DISABLE_VERSION_CHECK: '1',
        CDK_DISABLE_CLI_TELEMETRY: '1',
      },
    },
  );
}

/** Whether a stack was deployed and stands. */
export async function stackExists(name: string): Promise<boolean> {
  const scope = `Credential=test/20260101/${REGION}/cloudformation/aws4_request`;
  const answer = await fetch(ENDPOINT, {
    method: 'POST',
    // The signature is not checked; the scope tells LocalStack which service is meant.
    headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none` },
    body: new URLSearchParams({ Action: 'DescribeStacks', Version: '2010-05-15', StackName: name }),
  });
  return answer.ok && /<StackStatus>(CREATE|UPDATE)_COMPLETE</.test(await answer.text());
}
