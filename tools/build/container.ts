import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundledFile } from './bundle.ts';
import { familiesWith } from './families.ts';
import { bundleProgram } from './program.ts';

/** Processor of the machine that runs the container, as Node names it. */
export type Architecture = 'x64' | 'arm64';

/** What the image holds below its Node. */
export interface BuiltContainer {
  readonly folder: string;
  readonly files: readonly BundledFile[];
  /** Whether the embedded database is in it. */
  readonly engine: boolean;
}

/**
 * Puts into `<out>/container` all that the image holds: the ingress (`main.mjs`), the command line (`edge.mjs`), each family as
 * `functions/<family>/family.mjs`, what they share in `chunks/`, and the package of the embedded database where there is one for the
 * architecture. They share chunks so that one process loads the SDK once and not once a family. Names are kept, so that a stack
 * trace can be read without the source maps, which go to `<out>/maps/container`.
 * @throws esbuild's BuildFailure for code that cannot be bundled
 */
export async function buildContainer(
  root: string,
  out: string,
  architecture: Architecture,
): Promise<BuiltContainer> {
  const folder = join(out, 'container');
  const families = await familiesWith(root, 'family.ts');
  const entries = {
    main: 'ingress/main.ts',
    edge: 'tools/edge.ts',
    ...Object.fromEntries(
      families.map((family) => [`functions/${family}/family`, `functions/${family}/family.ts`]),
    ),
  };
  const files = await bundleProgram({ root, out: folder, maps: join(out, 'maps/container'), entries });
  return { folder, files, engine: await copyEngine(root, folder, architecture) };
}

/** The engine exists for Linux on x64 only; elsewhere the image works with a DynamoDB of its own. */
async function copyEngine(root: string, folder: string, architecture: Architecture): Promise<boolean> {
  const path = `node_modules/@dynoxide/linux-${architecture}`;
  try {
    await cp(join(root, path), join(folder, path), { recursive: true, preserveTimestamps: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await rm(join(folder, path), { recursive: true, force: true });
    return false;
  }
}
