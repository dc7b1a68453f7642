import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles on disk. */
export interface Bundles {
  /** Folder that holds `index.mjs` of a family. */
  folder(family: string): string;
}

/** The bundled SDK has modules that were written for `require`, which an ES module lacks. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Bundles `<functions>/<family>/lambda.ts` of each family into `<out>/<family>/index.mjs`. */
export async function bundleFunctions(
  functions: string,
  families: readonly string[],
  out: string,
): Promise<Bundles> {
  const folder = (family: string) => join(out, family);
  await Promise.all(
    families.map(async (family) => {
      await rm(folder(family), { recursive: true, force: true });
      await mkdir(folder(family), { recursive: true });
      await build({
        entryPoints: [join(functions, family, 'lambda.ts')],
        outfile: join(folder(family), 'index.mjs'),
        bundle: true,
        minify: true,
        treeShaking: true,
        sourcemap: 'external',
        platform: 'node',
        mainFields: ['module', 'main'],
        target: 'node24',
        format: 'esm',
        banner: { js: REQUIRE },
        logLevel: 'warning',
      });
    }),
  );
  return { folder };
}
