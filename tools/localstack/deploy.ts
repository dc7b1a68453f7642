import { join } from 'node:path';
import { familyNames } from '../../infra/load-manifests.ts';
import { type CdkOptions, cdklocal, stackExists } from './cdk.ts';
import { invoke, liveVersion, writeRouteEntry } from './clients.ts';
import { isReady } from './endpoint.ts';
import { Problem } from './problem.ts';
import { names } from './stage.ts';

const BOOTSTRAP_STACK = 'CDKToolkit';

interface Deployed {
  readonly family: string;
  readonly stack: string;
}

export interface DeployOptions extends CdkOptions {
  /** Root of the families, with `functions/`. */
  readonly source: string;
  /** Only these, besides what they need. @default all families */
  readonly families?: readonly string[];
}

/**
 * Deploys to LocalStack what is not there yet, and moves families that are there to their present code. LocalStack 4.14 cannot update a stack with
 * an alias, so each stack is deployed once and moved by hot swap from then on; on AWS one `cdk deploy` does both.
 * @throws Problem when LocalStack does not run, a family is unknown, or the deployment fails
 */
export async function deploy({ source, families, show = true }: DeployOptions): Promise<void> {
  if (!(await isReady())) throw new Problem('LocalStack does not run: npm run localstack');
  const known = await familyNames(join(source, 'functions'));
  const wanted = families === undefined || families.length === 0 ? known : families;
  const unknown = wanted.filter((family) => !known.includes(family));
  if (unknown.length > 0)
    throw new Problem(`no such family: ${unknown.join(', ')}; there are ${known.join(', ')}`);

  const options = { source, show };
  if (!(await stackExists(BOOTSTRAP_STACK))) await cdklocal(['bootstrap'], options);
  const stacks = wanted.map((family) => ({ family, stack: names.stack(family) }));
  const fresh: string[] = (await stackExists(names.stack('state'))) ? [] : [names.stack('state')];
  const there: Deployed[] = [];
  for (const entry of stacks) {
    if (await stackExists(entry.stack)) there.push(entry);
    else fresh.push(entry.stack);
  }
  if (fresh.length > 0)
    await cdklocal(['deploy', '--require-approval', 'never', '--concurrency', '5', ...fresh], options);
  if (there.length > 0) await move(there, options);
  // What was deployed must also load: better told here than by the first player.
  for (const family of wanted) await invoke(family, { describe: true });
}

/** To the present code, by hot swap: it moves functions and aliases only, so the route entries are written here. */
async function move(there: readonly Deployed[], options: CdkOptions): Promise<void> {
  await cdklocal(['deploy', '--hotswap', ...there.map(({ stack }) => stack)], options);
  for (const { family } of there) {
    const version = await liveVersion(family);
    if (version === undefined)
      throw new Problem(`${family} lost its live alias: npm run localstack -- stop, and begin anew`);
    await writeRouteEntry(family, version);
  }
}
