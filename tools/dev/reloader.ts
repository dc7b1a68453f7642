import { watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Log } from '../../ingress/operations/log.ts';
import type { Family } from '../../shared/kit/index.ts';
import { BrokenFamily, type FamilyBundler } from './family-bundler.ts';

export interface ReloaderOptions {
  readonly root: string;
  /** Folder of the families. */
  readonly functions: string;
  readonly bundler: FamilyBundler;
  /** Takes the new version; false when its manifest was refused. */
  readonly replace: (family: Family) => boolean;
  readonly log: Log;
}

/** Editors write a file in several steps: what happens within this time, in milliseconds, is one change. */
const SETTLE = 40;

/** Watches families and what they are made of, and puts each changed one in place while the service runs. Returns how to stop. */
export async function startReloader({
  root,
  functions,
  bundler,
  replace,
  log,
}: ReloaderOptions): Promise<() => void> {
  /** Files by family, from the root; known after its first build. */
  const made = new Map<string, ReadonlySet<string>>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();

  async function reload(name: string): Promise<void> {
    const began = performance.now();
    try {
      const { family, files } = await bundler.load(name, join(functions, name));
      made.set(name, new Set(files));
      const taken = replace(family);
      const milliseconds = Math.round(performance.now() - began);
      if (taken) log.info({ family: name, milliseconds }, 'family reloaded');
    } catch (error) {
      if (!(error instanceof BrokenFamily)) throw error;
      log.error({ family: name }, `${name} is not reloaded; the old code goes on\n${error.message}`);
    }
  }

  async function settle(): Promise<void> {
    const files = [...changed];
    changed.clear();
    const folders = (await readdir(functions, { withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    );
    for (const { name } of folders) {
      const inside = `${relative(root, join(functions, name))}/`;
      if (files.some((file) => file.startsWith(inside) || made.get(name)?.has(file) === true))
        await reload(name);
    }
  }

  function onChange(folder: string, file: string | null): void {
    if (file === null || !/\.(ts|json)$/.test(file) || file.endsWith('.test.ts')) return;
    changed.add(join(relative(root, folder), file));
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(settle);
    }, SETTLE);
  }

  const folders = [functions, join(root, 'shared')];
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_, file) => onChange(folder, file)),
  );
  // What each family is made of is found out ahead, so that the first change in shared/ reaches the right ones.
  const names = (await readdir(functions, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  await Promise.all(
    names.map(async ({ name }) => {
      const built = await bundler.load(name, join(functions, name)).catch(() => null);
      if (built !== null) made.set(name, new Set(built.files));
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
