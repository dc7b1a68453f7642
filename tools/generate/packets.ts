import { join } from 'node:path';
import { loadFamilies } from '../../ingress/routing/invoker/load-families.ts';
import unhandled from '../../shared/protocol/data/unhandled.json' with { type: 'json' };
import type { GeneratedFile } from '../generate.ts';
import { listText } from './packets/list.ts';
import { type HandledBy, pageText } from './packets/page.ts';
import { typesText } from './packets/types.ts';

const FUNCTIONS = join(import.meta.dirname, '../../functions');

/** Who handles each client packet by the manifests of today, or why nobody does. */
export async function handlers(): Promise<HandledBy> {
  const families = await loadFamilies(FUNCTIONS);
  const owners = new Map<string, string>();
  for (const { name, manifest } of families.values()) {
    for (const packet of Object.keys(manifest.packets)) owners.set(packet, name);
  }
  const reasons: Readonly<Record<string, string>> = unhandled;
  return (packet) => owners.get(packet) ?? (packet in reasons ? `nobody: ${reasons[packet]}` : undefined);
}

/** Types, the list of packet types, and the page with who handles what. */
export async function generate(): Promise<GeneratedFile[]> {
  return [
    { path: 'shared/protocol/packets.generated.ts', text: typesText() },
    { path: 'shared/protocol/packet-types.generated.ts', text: listText() },
    { path: 'docs/packets.md', text: pageText(await handlers()) },
  ];
}
