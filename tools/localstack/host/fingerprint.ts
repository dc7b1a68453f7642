import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sources } from './paths.ts';

/** One hash over everything that is installed from, so that a change of it installs anew. */
export async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(sources, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.pyc'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.endsWith('.ts') || /(dynamodb|install)\.ts$/.test(file))
    .sort();
  for (const file of files) hash.update(file.slice(sources.length)).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
