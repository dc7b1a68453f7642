import { dirname, join, relative } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundle } from './bundle.ts';
import { checkedWorld } from './checked-world.ts';
import { familiesWith } from './families.ts';
import { leanCredentials } from './lean-credentials.ts';

/** The file of a function's bundle; its handler is `index.handler`. */
export const FUNCTION_FILE = 'index.mjs';

/** A family's bundle. */
export interface BuiltFunction {
  readonly family: string;
  /** Folder that holds `index.mjs` and its chunks, and nothing else: the asset of the function. */
  readonly folder: string;
  /** What a cold start loads. */
  readonly bytes: number;
  /** What is loaded when it is first needed, if ever: the clients of remote services. */
  readonly lazyBytes: number;
}

/**
 * Bundles the Lambda entry of each family to `<out>/functions/<family>/index.mjs`, minified and tree-shaken, with what is imported
 * dynamically in chunks beside it; the source maps go to `<out>/maps/functions/<family>/`.
 * @param families only these; all that have a `lambda.ts` unless given
 * @throws esbuild's BuildFailure for code that cannot be bundled, EdgeError `bad_world_data`
 */
export async function buildFunctions(
  root: string,
  out: string,
  families?: readonly string[],
): Promise<BuiltFunction[]> {
  const plugins = [leanCredentials, await checkedWorld(root)];
  const names = families ?? (await familiesWith(root, 'lambda.ts'));
  return Promise.all(
    names.map(async (family) => {
      const folder = join(out, 'functions', family);
      const { files, metafile } = await bundle(
        {
          root,
          out: folder,
          maps: join(out, 'maps/functions', family),
          entries: { index: join('functions', family, 'lambda.ts') },
        },
        { minify: true, splitting: true, chunkNames: 'chunks/[hash]', plugins, legalComments: 'none' },
      );
      const started = loadedAtStart(metafile);
      const sum = (wanted: boolean) =>
        files.reduce((bytes, file) => (started.has(file.path) === wanted ? bytes + file.bytes : bytes), 0);
      return { family, folder, bytes: sum(true), lazyBytes: sum(false) };
    }),
  );
}

/** The entry and all that it imports statically, by their paths in the folder of the function. */
function loadedAtStart({ outputs }: Metafile): ReadonlySet<string> {
  const [entry] =
    Object.entries(outputs).find(([, output]) => output.entryPoint?.endsWith('/lambda.ts')) ?? [];
  const reached = new Set<string>();
  const pending = entry === undefined ? [] : [entry];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const imports = outputs[path]?.imports ?? [];
    pending.push(
      ...imports
        .filter(({ kind, external }) => kind === 'import-statement' && !external)
        .map((one) => one.path),
    );
  }
  return new Set([...reached].map((path) => relative(dirname(entry ?? ''), path)));
}
