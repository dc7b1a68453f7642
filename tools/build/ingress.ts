import { join } from 'node:path';
import { type BundledFile, bundle, write } from './bundle.ts';
import { minimalManifest, REQUIRE } from './container.ts';
import { licenceTexts } from './licence-texts.ts';

/** The ingress by itself. */
export interface BuiltIngress {
  readonly folder: string;
  readonly files: readonly BundledFile[];
}

/**
 * Puts the ingress alone into `<out>/ingress`, for INVOKER=lambda with a DynamoDB of AWS: no family, no command line, no embedded database. Of what it
 * shares with families it holds only what it uses, so that it stays byte for byte the same whatever a team changes in its family.
 * @throws esbuild's BuildFailure for code that cannot be bundled
 */
export async function buildIngress(root: string, out: string): Promise<BuiltIngress> {
  const folder = join(out, 'ingress');
  const { files, metafile } = await bundle(
    { root, out: folder, maps: join(out, 'maps/ingress'), entries: { main: 'ingress/main.ts' } },
    { splitting: true, chunkNames: 'chunks/[name]-[hash]', banner: { js: REQUIRE } },
  );
  await write(join(folder, 'package.json'), await minimalManifest(root));
  await write(join(folder, 'LICENCES.txt'), await licenceTexts(root, metafile));
  return { folder, files };
}
