import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SETTINGS, type SettingEntry } from '../../shared/config/catalogue.ts';
import { GENERATED, table } from '../docs/markdown.ts';

const GROUPS: Record<SettingEntry['group'], string> = {
  network: 'Network',
  protocol: 'Protocol',
  limits: 'Limits',
  state: 'State',
  functions: 'Functions',
  players: 'Players and accounts',
  operations: 'Operations',
};
const README_BLOCK = /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/;

/** `docs/config.md` and the table of the README from the catalogue of settings. */
export async function generate() {
  const entries = Object.entries(SETTINGS) as [string, SettingEntry][];
  const rowsOf = (group?: string) =>
    entries
      .filter(([, entry]) => group === undefined || entry.group === group)
      .map(([name, entry]) => [`\`${name}\``, shown(entry), form(entry), entry.meaning]);
  const head = ['setting', 'default', 'values', 'meaning'];
  const sections = Object.entries(GROUPS).map(
    ([group, title]) => `## ${title}\n\n${table(head, rowsOf(group))}\n`,
  );
  const config = `${GENERATED}

# Settings

Environment variables. All of them are checked at start, and all problems are reported at once. An empty value is the default.

${sections.join('\n')}`;
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8').catch(() => '');
  const filled = readme.replace(
    README_BLOCK,
    (_, open: string, close: string) => `${open}${table(head, rowsOf())}\n${close}`,
  );
  const files = [{ path: 'docs/config.md', text: config }];
  return readme === '' ? files : [...files, { path: 'README.md', text: filled }];
}

function shown(entry: SettingEntry): string {
  return entry.default === null ? 'not set' : `\`${entry.default}\``;
}

function form(entry: SettingEntry): string {
  switch (entry.type) {
    case 'integer':
      return `${entry.min} to ${entry.max} ${entry.unit}`;
    case 'switch':
      return '`true`, `false`';
    case 'choice':
      return entry.values.map((value) => `\`${value}\``).join(', ');
    case 'text':
      return entry.form ?? 'text';
  }
}
