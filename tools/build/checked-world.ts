import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Plugin } from 'esbuild';
import { loadWorldFiles } from '../../shared/world/load-world.ts';
import type { RawWorldFiles } from '../../shared/world/world-files.ts';

const CHECK = /[/\\]shared[/\\]world[/\\]load-world\.ts$/;
const DATA = /[/\\]shared[/\\]world[/\\]data[/\\][^/\\]+\.json$/;

/**
 * Checks the world data now and bundles what the check made of it. The validator is larger than everything else in a function
 * together, and would check the same bytes at each cold start.
 * @throws EdgeError `bad_world_data`
 */
export async function checkedWorld(root: string): Promise<Plugin> {
  const checked = loadWorldFiles(await readWorld(join(root, 'shared/world/data')));
  const text = JSON.stringify(checked);
  if (!isDeepStrictEqual(JSON.parse(text), checked))
    throw new TypeError('checked world data is no plain JSON');
  return {
    name: 'checked-world',
    setup(build) {
      build.onLoad({ filter: CHECK }, () => ({
        contents: `export const loadWorldFiles = () => (${text});`,
        loader: 'js',
      }));
      build.onLoad({ filter: DATA }, () => ({ contents: 'null', loader: 'json' }));
    },
  };
}

async function readWorld(folder: string): Promise<RawWorldFiles> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const files = await Promise.all(
    names.map(async (name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown,
    ]),
  );
  return Object.fromEntries(files) as RawWorldFiles;
}
