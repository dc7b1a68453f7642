import type { Manifest } from '../../shared/contract/index.ts';
import { parseManifest } from '../../shared/contract/parse/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Invoker } from '../routing/invoker/index.ts';
import type { RoutePointer } from './route-source.ts';

/** A family that said what it is. */
export interface Described {
  readonly pointer: RoutePointer;
  readonly manifest: Manifest;
}

/** Milliseconds for one family to describe itself. */
const DESCRIBE_WITHIN = 10_000;

/** Changes when the manifest has to be asked for again. */
export const markOf = ({ functionName, version }: RoutePointer): string => `${functionName} ${version}`;

/**
 * Asks the function behind a pointer for its manifest.
 * @throws EdgeError as `Invoker.describe`, and `bad_manifest`
 */
export async function describe(pointer: RoutePointer, invoker: Invoker): Promise<Described> {
  const { family, functionName } = pointer;
  const signal = AbortSignal.timeout(DESCRIBE_WITHIN);
  const manifest = parseManifest(await invoker.describe({ family, functionName }, signal));
  if (manifest.name === family) return { pointer, manifest };
  throw new EdgeError('bad_manifest', `the entry ${family} points to family ${manifest.name}`, { family });
}
