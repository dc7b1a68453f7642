import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildFailure, build } from 'esbuild';
import type { Family } from '../../shared/kit/index.ts';

/** A family that cannot be built or loaded; the message says where. */
export class BrokenFamily extends Error {
  override readonly name = 'BrokenFamily';
}

/** Builds families anew, each time as a module that was never loaded before. */
export interface FamilyBundler {
  /**
   * @param folder of the family
   * @returns the family and the files it is made of
   * @throws BrokenFamily
   */
  load(name: string, folder: string): Promise<{ readonly family: Family; readonly files: readonly string[] }>;
  close(): Promise<void>;
}

/** Bundles lie beside the project's packages, so that they find them. Places in errors are those of the sources where source maps are on. */
export async function createFamilyBundler(root: string): Promise<FamilyBundler> {
  const out = await mkdtemp(join(root, 'node_modules', '.packet-edge-dev-'));
  let count = 0;
  return {
    async load(name, folder) {
      count += 1;
      const outfile = join(out, `${name}-${count}.mjs`);
      const result = await build({
        entryPoints: [join(folder, 'family.ts')],
        outfile,
        absWorkingDir: root,
        bundle: true,
        format: 'esm',
        platform: 'node',
        target: 'node24',
        packages: 'external',
        sourcemap: 'inline',
        metafile: true,
        logLevel: 'silent',
      }).catch((failure: BuildFailure) => {
        throw new BrokenFamily(placesOf(failure));
      });
      const { family } = (await import(pathToFileURL(outfile).href).catch((error: unknown) => {
        throw new BrokenFamily(error instanceof Error ? (error.stack ?? error.message) : String(error));
      })) as { family?: Family };
      if (family === undefined) throw new BrokenFamily(`${folder}/family.ts exports no \`family\``);
      if (family.name !== name)
        throw new BrokenFamily(`${folder}/family.ts: the family is called ${family.name}, not as its folder`);
      return { family, files: Object.keys(result.metafile.inputs) };
    },
    close: () => rm(out, { recursive: true, force: true }),
  };
}

/** `functions/chat/handlers/say.ts:15:7: Expected identifier but found "="`, which terminals and editors make a link of. */
function placesOf({ errors, message }: BuildFailure): string {
  const places = (errors ?? []).map(({ text, location }) =>
    location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`,
  );
  return places.length === 0 ? message : places.join('\n');
}
