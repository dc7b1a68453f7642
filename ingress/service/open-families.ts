import { join, resolve } from 'node:path';
import type { Settings } from '../../shared/config/read-settings.ts';
import type { Manifest } from '../../shared/contract/index.ts';
import { parseManifest } from '../../shared/contract/parse/index.ts';
import type { Environment, Line } from '../../shared/kit/index.ts';
import type { Log } from '../operations/log.ts';
import { RouteTable } from '../routing/index.ts';
import {
  createLambdaInvoker,
  createLocalInvoker,
  type Invoker,
  loadFamilies,
  targetOf,
} from '../routing/invoker/index.ts';

/** The families that this service routes to, and how they are invoked. */
export interface OpenFamilies {
  readonly invoker: Invoker;
  readonly routes: RouteTable;
  close(): void;
}

type Wanted = Settings<
  'INVOKER' | 'FUNCTIONS_DIR' | 'FAMILIES' | 'FUNCTION_PREFIX' | 'LAMBDA_ENDPOINT' | 'AWS_REGION'
>;

const DESCRIBE_WITHIN = 10_000;
const FOLDER = join(import.meta.dirname, '../../functions');

/** Loads the families of the folder into this process, or asks the deployed functions for their manifests. */
export async function openFamilies(
  settings: Wanted,
  environment: Environment,
  log: Log,
): Promise<OpenFamilies> {
  if (settings.INVOKER === 'local') {
    const families = await loadFamilies(resolve(settings.FUNCTIONS_DIR ?? FOLDER));
    const invoker = createLocalInvoker({ families, environment, lines: (line) => tell(log, line) });
    const manifests = [...families.values()].map((family) => ({
      manifest: family.manifest,
      functionName: family.name,
    }));
    return { invoker, routes: routesOf(manifests, log), close: () => undefined };
  }
  const { LAMBDA_ENDPOINT: endpoint, AWS_REGION: region } = settings;
  const invoker = createLambdaInvoker(
    endpoint === null
      ? { region }
      : { region, endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } },
  );
  const manifests = await Promise.all(
    settings.FAMILIES.split(',').map(async (family) => {
      const target = targetOf(family, settings.FUNCTION_PREFIX);
      const manifest = parseManifest(await invoker.describe(target, AbortSignal.timeout(DESCRIBE_WITHIN)));
      return { manifest, functionName: target.functionName };
    }),
  );
  return { invoker, routes: routesOf(manifests, log), close: () => invoker.close() };
}

function routesOf(
  manifests: readonly { readonly manifest: Manifest; readonly functionName: string }[],
  log: Log,
): RouteTable {
  let table = RouteTable.empty;
  for (const { manifest, functionName } of manifests) {
    const change = table.withManifest(manifest, functionName);
    for (const { family, error } of change.refused)
      log.error({ code: error.code, family, err: error }, 'family refused');
    table = change.table;
  }
  return table;
}

function tell(log: Log, { level, message, fields }: Line): void {
  log[level](fields, message);
}
