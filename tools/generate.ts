import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** One generated file: its path from the project's root and its whole text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** What a module in `tools/generate/` exports. */
export interface Generator {
  generate(): GeneratedFile[] | Promise<GeneratedFile[]>;
}

const root = join(import.meta.dirname, '..');

async function allFiles(): Promise<GeneratedFile[]> {
  const folder = join(import.meta.dirname, 'generate');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const lists = await Promise.all(
    names.sort().map(async (name) => {
      const module = (await import(join(folder, name))) as Generator;
      return module.generate();
    }),
  );
  return lists.flat();
}

/** Writes every generated file, or with `--check` only says which ones are out of date (exit code 1). */
async function main(check: boolean): Promise<void> {
  let stale = 0;
  for (const { path, text } of await allFiles()) {
    const target = join(root, path);
    const current = await readFile(target, 'utf8').catch(() => '');
    if (current === text) continue;
    stale += 1;
    if (check) {
      console.error(`out of date: ${path} (run: npm run generate)`);
      continue;
    }
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    console.log(`wrote ${path}`);
  }
  if (check && stale > 0) process.exitCode = 1;
}

await main(process.argv.includes('--check'));
