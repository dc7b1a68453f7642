import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsTable } from './config.ts';

const root = join(import.meta.dirname, '../..');
/** The handler that the README shows: a whole one, as it runs. */
const HANDLER = 'functions/movement/handlers/set-animation.ts';

/** The parts of the README that come from the code, each between two comments that name it. */
export async function generate() {
  const readme = await readFile(join(root, 'README.md'), 'utf8').catch(() => '');
  if (readme === '') return [];
  const source = await readFile(join(root, HANDLER), 'utf8');
  const code = source.replace(/^(import [^;]*;\n)*\n*/, '');
  const parts = { settings: settingsTable(), handler: `\`\`\`ts\n${code}\`\`\`` };
  return [{ path: 'README.md', text: Object.entries(parts).reduce(filled, readme) }];
}

function filled(text: string, [name, part]: [string, string]): string {
  const block = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!block.test(text)) throw new Error(`README.md has no block ${name}`);
  return text.replace(block, (_, open: string, close: string) => `${open}${part}\n${close}`);
}
