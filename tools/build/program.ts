import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BundledFile, type BundleRequest, bundle, write } from './bundle.ts';
import { licenceTexts } from './licence-texts.ts';

/** CommonJS packages (pino, prom-client) ask for Node's own modules with `require`. */
const REQUIRE =
  "import { createRequire as requireHere } from 'node:module'; const require = requireHere(import.meta.url);";

/** Bundles what runs by itself, with a `package.json` of its own and the licences of what it holds. What its entries share goes to `chunks/`. */
export async function bundleProgram(request: BundleRequest): Promise<readonly BundledFile[]> {
  const { root, out } = request;
  const { files, metafile } = await bundle(request, {
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: REQUIRE },
  });
  await write(join(out, 'package.json'), await minimalManifest(root));
  await write(join(out, 'LICENCES.txt'), await licenceTexts(root, metafile));
  return files;
}

async function minimalManifest(root: string): Promise<string> {
  const { name, version, description, license } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  ) as Record<string, unknown>;
  return `${JSON.stringify({ name, version, description, license, private: true, type: 'module' }, null, 2)}\n`;
}
