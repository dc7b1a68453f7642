import { join, resolve } from 'node:path';
import type { Settings } from '../../shared/config/read-settings.ts';
import { parseManifest } from '../../shared/contract/parse/index.ts';
import type { Environment, Family, Line } from '../../shared/kit/index.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Clock } from '../ports/clock.ts';
import type { RouteBook } from '../registry/route-book.ts';
import { RouteWatcher } from '../registry/route-watcher.ts';
import { createSsmSource } from '../registry/ssm-source.ts';
import {
  createLambdaInvoker,
  createLocalInvoker,
  type Invoker,
  type LambdaInvoker,
  loadFamilies,
  targetOf,
} from '../routing/invoker/index.ts';

/** The families that this service routes to, and how they are invoked. */
export interface OpenFamilies {
  readonly invoker: Invoker;
  /** Looks at the route registry at once, where there is one. */
  refresh(): Promise<void>;
  /** Takes another version of a family that runs in this process; returns whether it was taken. */
  replace(family: Family): boolean;
  close(): void;
}

type Wanted = Settings<
  | 'INVOKER'
  | 'FUNCTIONS_DIR'
  | 'FAMILIES'
  | 'FUNCTION_PREFIX'
  | 'LAMBDA_ENDPOINT'
  | 'AWS_REGION'
  | 'ROUTE_REGISTRY'
  | 'ROUTE_POLL'
  | 'SSM_ENDPOINT'
>;

interface Surroundings {
  /** Settings of the families' services. */
  readonly environment: Environment;
  readonly book: RouteBook;
  readonly meter: Meter;
  readonly log: Log;
  readonly clock: Clock;
}

const DESCRIBE_WITHIN = 30_000;
const FOLDER = join(import.meta.dirname, '../../functions');

/** Fills the route book: with the families of the folder, of a fixed list of functions, or of the route registry. */
export async function openFamilies(settings: Wanted, surroundings: Surroundings): Promise<OpenFamilies> {
  if (settings.INVOKER === 'local') return openLocally(settings, surroundings);
  const { LAMBDA_ENDPOINT: endpoint, AWS_REGION: region } = settings;
  const local = { accessKeyId: 'test', secretAccessKey: 'test' };
  const invoker = createLambdaInvoker(
    endpoint === null ? { region } : { region, endpoint, credentials: local },
  );
  return settings.ROUTE_REGISTRY === null
    ? openFixed(settings, invoker, surroundings)
    : openRegistry({ ...settings, ROUTE_REGISTRY: settings.ROUTE_REGISTRY }, invoker, surroundings);
}

async function openLocally(
  settings: Wanted,
  { environment, book, log }: Surroundings,
): Promise<OpenFamilies> {
  const families = await loadFamilies(resolve(settings.FUNCTIONS_DIR ?? FOLDER));
  for (const { name, manifest } of families.values()) book.put(manifest, name);
  return {
    invoker: createLocalInvoker({ families, environment, lines: (line) => tell(log, line) }),
    refresh: async () => undefined,
    replace(family) {
      const before = families.get(family.name);
      families.set(family.name, family);
      if (book.put(family.manifest, family.name)) return true;
      if (before === undefined) families.delete(family.name);
      else families.set(before.name, before);
      return false;
    },
    close: () => undefined,
  };
}

async function openFixed(
  settings: Wanted,
  invoker: LambdaInvoker,
  { book }: Surroundings,
): Promise<OpenFamilies> {
  await Promise.all(
    settings.FAMILIES.split(',').map(async (family) => {
      const target = targetOf(family, settings.FUNCTION_PREFIX);
      const described = await invoker.describe(target, AbortSignal.timeout(DESCRIBE_WITHIN));
      book.put(parseManifest(described), target.functionName);
    }),
  );
  return { invoker, refresh: async () => undefined, replace: () => false, close: () => invoker.close() };
}

async function openRegistry(
  settings: Wanted & { readonly ROUTE_REGISTRY: string },
  invoker: LambdaInvoker,
  { book, meter, log, clock }: Surroundings,
): Promise<OpenFamilies> {
  const source = createSsmSource({
    path: settings.ROUTE_REGISTRY,
    region: settings.AWS_REGION,
    endpoint: settings.SSM_ENDPOINT,
  });
  const every = settings.ROUTE_POLL * 1000;
  const watcher = new RouteWatcher({ source, invoker, book, meter, log, clock, every });
  await watcher.refresh();
  return {
    invoker,
    refresh: () => watcher.refresh(),
    replace: () => false,
    close() {
      watcher.stop();
      source.close();
      invoker.close();
    },
  };
}

function tell(log: Log, { level, message, fields }: Line): void {
  log[level](fields, message);
}
