import { join } from 'node:path';
import { loadFamilies } from '../../ingress/routing/invoker/load-families.ts';
import type { Manifest } from '../../shared/contract/index.ts';
import { GENERATED, table } from '../docs/markdown.ts';
import type { GeneratedFile } from '../generate.ts';

const FUNCTIONS = join(import.meta.dirname, '../../functions');
const codes = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ') || 'none';

/** `docs/families.md` from the manifests: who owns which section, and what each family takes and needs. */
export async function generate(): Promise<GeneratedFile[]> {
  const manifests = [...(await loadFamilies(FUNCTIONS)).values()].map(({ manifest }) => manifest);
  const text = `${GENERATED}

# Families

From the manifests in \`functions/*/family.ts\`. The packets of each are in [packets.md](packets.md).

## Sections

One owner each; a family is shown what it owns and what it reads.

${table(['section', 'owner', 'class', 'version', 'read by'], sectionRows(manifests))}

${manifests.map(chapter).join('\n')}`;
  return [{ path: 'docs/families.md', text }];
}

function sectionRows(manifests: readonly Manifest[]): string[][] {
  const rows = manifests.flatMap(({ name, sections }) =>
    Object.entries(sections.owns).map(([section, rule]) => {
      const readers = manifests.filter((other) => other.sections.reads.includes(section));
      return [
        `\`${section}\``,
        name,
        rule.class,
        String(rule.version),
        readers.map((reader) => reader.name).join(', ') || 'nobody else',
      ];
    }),
  );
  return rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

function chapter(manifest: Manifest): string {
  const tables = Object.entries(manifest.tables).flatMap(([name, keys]) =>
    Object.entries(keys).map(([key, access]) => `\`${name}\` \`${key}\` (${access.join(', ')})`),
  );
  return `## ${manifest.name}

${table(
  ['what', ''],
  [
    ['packets', codes(Object.keys(manifest.packets))],
    ['signals', codes(manifest.signals)],
    ['timers', codes(manifest.timers)],
    ['tables and keys', tables.join('<br>') || 'none'],
    ['settings', codes(manifest.settings)],
    ['time-out, memory', `${manifest.timeout} ms, ${manifest.memory} MB`],
  ],
)}
`;
}
