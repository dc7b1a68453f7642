import type { Batching, Manifest } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { InvokeTarget } from './invoker/invoker.ts';

/** A family as routing sees it; fixed for as long as one version of its manifest holds. */
export interface FamilyRoute {
  readonly name: string;
  readonly manifest: Manifest;
  readonly target: InvokeTarget;
  /** Sections that its turns are shown. */
  readonly view: readonly string[];
  /** It owns durable sections: its turns wait while nothing can be persisted. */
  readonly durable: boolean;
  /** Batching by lane, `main` included. */
  readonly lanes: ReadonlyMap<string, Batching>;
}

export function familyRoute(manifest: Manifest, functionName: string): FamilyRoute {
  const { owns, reads } = manifest.sections;
  const lanes = new Map<string, Batching>([['main', manifest.batching]]);
  for (const [name, batching] of Object.entries(manifest.lanes))
    lanes.set(name, { ...manifest.batching, ...batching });
  return {
    name: manifest.name,
    manifest,
    target: { family: manifest.name, functionName },
    view: [...new Set([...Object.keys(owns), ...reads])],
    durable: Object.values(owns).some((rule) => rule.class === 'durable'),
    lanes,
  };
}

/** What a manifest says of itself that cannot be, or null. */
export function contradiction(manifest: Manifest): EdgeError | null {
  const { name: family } = manifest;
  const stray = manifest.vital.find((signal) => !manifest.signals.includes(signal));
  if (stray !== undefined) {
    const problem = `${family}: the vital signal ${stray} is none of its signals`;
    return new EdgeError('bad_manifest', problem, { family, signal: stray });
  }
  for (const [packet, { lane }] of Object.entries(manifest.packets)) {
    if (lane === 'main' || Object.hasOwn(manifest.lanes, lane)) continue;
    return new EdgeError(
      'bad_manifest',
      `${manifest.name}: ${packet} names the lane ${lane}, which is not there`,
      {
        family: manifest.name,
        packet,
        lane,
      },
    );
  }
  return null;
}
