import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Names of the families under `functions/` that have the given file, in order. */
export async function familiesWith(root: string, file: 'family.ts' | 'lambda.ts'): Promise<string[]> {
  const folder = join(root, 'functions');
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => ((await readdir(join(folder, name))).includes(file) ? [name] : [])),
  );
  return found.flat().sort();
}
