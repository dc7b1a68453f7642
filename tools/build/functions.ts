import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { checkedWorld } from './checked-world.ts';
import { familiesWith } from './families.ts';
import { leanCredentials } from './lean-credentials.ts';

/** The file of a function's bundle; its handler is `index.handler`. */
export const FUNCTION_FILE = 'index.mjs';

/** A family's bundle. */
export interface BuiltFunction {
  readonly family: string;
  /** Folder that holds `index.mjs` and nothing else: the asset of the function. */
  readonly folder: string;
  readonly bytes: number;
}

/**
 * Bundles the Lambda entry of each family to `<out>/functions/<family>/index.mjs`, minified and tree-shaken; its source map goes to
 * `<out>/maps/functions/<family>/`.
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
      const { files } = await bundle(
        {
          root,
          out: folder,
          maps: join(out, 'maps/functions', family),
          entries: { index: join('functions', family, 'lambda.ts') },
        },
        { minify: true, plugins, legalComments: 'none' },
      );
      return { family, folder, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
    }),
  );
}
