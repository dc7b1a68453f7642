import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Log } from '../../ingress/operations/log.ts';
import type { Family } from '../../shared/kit/index.ts';
import { BrokenFamily, type FamilyBundler } from './family-bundler.ts';
import { watchTree } from './watch-tree.ts';

export interface ReloaderOptions {
  readonly root: string;
  /** Folder of the families. */
  readonly functions: string;
  readonly bundler: FamilyBundler;
  /** Takes the new version; false when its manifest was refused. */
  readonly replace: (family: Family) => boolean;
  /** Takes a family away whose folder is gone. */
  readonly remove: (family: string) => void;
  readonly log: Log;
}

/** Editors write a file in several steps: what happens within this time, in milliseconds, is one change. */
const SETTLE = 40;
/** Sources and folders; not what editors and version control leave beside them. */
const MATTERS = /^[^.~#][^~]*\.(ts|json)$|^[^.~#]+$/;

/** Watches families and what they are made of, and puts each changed one in place while the service runs. Returns how to stop. */
export async function startReloader(options: ReloaderOptions): Promise<() => void> {
  const { root, functions, bundler, replace, remove, log } = options;
  /** Files by family, from the root; known after its first build. */
  const made = new Map<string, ReadonlySet<string>>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();

  const names = async (): Promise<string[]> =>
    (await readdir(functions, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);

  async function reload(name: string): Promise<void> {
    const began = performance.now();
    try {
      const { family, files } = await bundler.load(name, join(functions, name));
      const taken = replace(family);
      made.set(name, new Set(files));
      const milliseconds = Math.round(performance.now() - began);
      if (taken) log.info({ family: name, milliseconds }, 'family reloaded');
    } catch (error) {
      // Whatever it is, the next save must find a reloader that works.
      const problem = error instanceof BrokenFamily ? error.message : String(error);
      const goesOn = made.has(name) ? 'is not reloaded; the old code goes on' : 'is not loaded';
      log.error({ family: name }, `${name} ${goesOn}\n${problem}`);
    }
  }

  async function settle(): Promise<void> {
    const files = [...changed];
    changed.clear();
    const present = await names();
    const touched = (name: string): boolean => {
      const folder = relative(root, join(functions, name));
      return files.some((file) => file.startsWith(`${folder}/`) || made.get(name)?.has(file) === true);
    };
    await Promise.all(present.filter(touched).map(reload));
    for (const name of [...made.keys()].filter((family) => !present.includes(family))) {
      made.delete(name);
      remove(name);
    }
  }

  function onChange(path: string): void {
    if (!MATTERS.test(basename(path)) || path.endsWith('.test.ts')) return;
    changed.add(relative(root, path));
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work
        .then(settle)
        .catch((error: unknown) => log.error({ err: error }, 'nothing is reloaded; save again'));
    }, SETTLE);
  }

  const stops = [functions, join(root, 'shared')].map((folder) => watchTree(folder, onChange));
  // What each family is made of is found out ahead, so that the first change in shared/ reaches the right ones.
  await Promise.all(
    (await names()).map(async (name) => {
      const built = await bundler.load(name, join(functions, name)).catch(() => null);
      if (built !== null) made.set(name, new Set(built.files));
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
