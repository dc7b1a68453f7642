import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { linesOf } from './lines-of.ts';
import { FUNCTIONS } from './packets.ts';
import { type Recorded, recorded } from './recorded-family.ts';

/** Families wrapped by code of a test, in a folder that the service can load (`FUNCTIONS_DIR`). */
export interface FamiliesFolder {
  readonly directory: string;
  /** Where recorded families write: `RECORD_FILE`. */
  readonly file: string;
  /** All invocations so far, in the order in which they ended. */
  records(): Promise<readonly Recorded[]>;
  /** Those that came since it was last asked for, one by one: a long run records more than fits into memory. */
  news(): AsyncIterable<Recorded>;
  remove(): Promise<void>;
}

/** An import that works from any folder. */
export const importFrom = (name: string, file: string): string =>
  `import { ${name} } from ${JSON.stringify(pathToFileURL(file).href)};`;

const RECORDER = join(import.meta.dirname, 'recorded-family.ts');

/** All families of the project, each recorded; `modules` gives the text of some `family.mjs` files instead. */
export async function recordedFamilies(
  modules: Readonly<Record<string, string>> = {},
): Promise<FamiliesFolder> {
  const directory = await mkdtemp(join(tmpdir(), 'packet-edge-recorded-'));
  const file = join(directory, 'record.jsonl');
  await writeFile(file, '');
  for (const { name } of await readdir(FUNCTIONS, { withFileTypes: true })) {
    const source = join(FUNCTIONS, name, 'family.ts');
    const exists = await readFile(source).then(
      () => true,
      () => false,
    );
    if (!exists) continue;
    const original = `${importFrom('family as original', source)}`;
    const text = modules[name] ?? `${original}\nexport const family = recorded(original);`;
    await mkdir(join(directory, name));
    await writeFile(join(directory, name, 'family.mjs'), `${importFrom(recorded.name, RECORDER)}\n${text}\n`);
  }
  let told = 0;
  return {
    directory,
    file,
    async records() {
      const all: Recorded[] = [];
      for await (const { text } of linesOf(file)) all.push(JSON.parse(text) as Recorded);
      return all;
    },
    async *news() {
      for await (const { text, end } of linesOf(file, told)) {
        told = end;
        yield JSON.parse(text) as Recorded;
      }
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
