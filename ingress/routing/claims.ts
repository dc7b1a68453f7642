import type { Manifest } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { RouteTable } from './route-table.ts';

/** Something that a manifest claims although another family has it. */
interface Claim {
  readonly what: 'packet' | 'type' | 'signal' | 'timer' | 'section';
  readonly name: string;
  readonly holder: string;
}

/** Everything in the manifest that belongs to a family of the table. Lifecycle signals may be listed by any number of families. */
function findConflicts(manifest: Manifest, table: RouteTable, lifecycle: ReadonlySet<string>): Claim[] {
  const claims: Claim[] = [];
  const check = (what: Claim['what'], name: string, holder: string | undefined): void => {
    if (holder !== undefined) claims.push({ what, name, holder });
  };
  for (const [name, route] of Object.entries(manifest.packets)) {
    check('packet', name, table.packets.get(name)?.family.name);
    if (route.type !== undefined) check('type', String(route.type), table.types.get(route.type)?.family.name);
  }
  for (const name of manifest.signals)
    if (!lifecycle.has(name)) check('signal', name, table.signals.get(name)?.name);
  for (const name of manifest.timers) check('timer', name, table.timers.get(name)?.name);
  for (const name of Object.keys(manifest.sections.owns))
    check('section', name, table.sections.get(name)?.family);
  return claims;
}

/** The refusal of a manifest that claims what families of the table have, or null. */
export function conflict(
  manifest: Manifest,
  others: RouteTable,
  lifecycle: ReadonlySet<string>,
): EdgeError | null {
  const [first, ...more] = findConflicts(manifest, others, lifecycle);
  if (first === undefined) return null;
  const name = ({ what, name, holder }: Claim): string => `${what} ${name} (${holder})`;
  return new EdgeError(
    'packet_claimed',
    `${manifest.name} claims what others have: ${[first, ...more].map(name).join(', ')}`,
    {
      family: manifest.name,
      what: first.what,
      name: first.name,
      holder: first.holder,
    },
  );
}
