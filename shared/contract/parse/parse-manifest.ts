import { EdgeError } from '../../errors/edge-error.ts';
import type { Manifest } from '../index.ts';
import { firstIssue } from './first-issue.ts';
import { manifest } from './manifest-schema.ts';

/**
 * Checks a manifest and fills its defaults in. Fields that this version does not know are dropped.
 * @throws EdgeError `bad_manifest` naming the first field that is wrong
 */
export function parseManifest(raw: unknown): Manifest {
  const parsed = manifest.safeParse(raw);
  if (!parsed.success) {
    const { field, problem } = firstIssue(parsed.error);
    throw new EdgeError('bad_manifest', `${field || 'manifest'}: ${problem}`, { field });
  }
  checkReferences(parsed.data);
  return parsed.data;
}

function bad(of: Manifest, field: string, problem: string): never {
  throw new EdgeError('bad_manifest', `family ${of.name}: ${field}: ${problem}`, { family: of.name, field });
}

/** What one part of a manifest says of another has to be there. */
function checkReferences(of: Manifest): void {
  for (const [name, route] of Object.entries(of.packets)) {
    if (route.lane !== 'main' && !Object.hasOwn(of.lanes, route.lane))
      bad(of, `packets.${name}.lane`, `no lane ${route.lane}`);
  }
  for (const [name, rule] of Object.entries(of.sections.owns)) {
    if (rule.class === 'derived' && rule.source === undefined)
      bad(of, `sections.owns.${name}`, 'a derived section has a source');
    if (rule.class !== 'derived' && rule.source !== undefined)
      bad(of, `sections.owns.${name}`, 'only a derived section has a source');
  }
  for (const name of of.sections.reads) {
    if (Object.hasOwn(of.sections.owns, name))
      bad(of, 'sections.reads', `${name} is owned, and so shown already`);
  }
  for (const name of of.timers)
    if (name.startsWith('edge.')) bad(of, 'timers', `${name}: edge.* belongs to the ingress`);
}
