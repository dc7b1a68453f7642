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

/** The table of all settings, or of those of one group. */
export function settingsTable(group?: string): string {
  const rows = (Object.entries(SETTINGS) as [string, SettingEntry][])
    .filter(([, entry]) => group === undefined || entry.group === group)
    .map(([name, entry]) => [`\`${name}\``, shown(entry), form(entry), entry.meaning]);
  return table(['setting', 'default', 'values', 'meaning'], rows);
}

/** `docs/config.md` from the catalogue of settings. */
export function generate() {
  const sections = Object.entries(GROUPS).map(([group, title]) => `## ${title}\n\n${settingsTable(group)}\n`);
  const text = `${GENERATED}

# Settings

Environment variables. All of them are checked at start, and all problems are reported at once. An empty value is the default.

${sections.join('\n')}`;
  return [{ path: 'docs/config.md', text }];
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
