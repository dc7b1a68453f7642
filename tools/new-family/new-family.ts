import { spawnSync } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadManifests, TAKEN } from '../../infra/load-manifests.ts';
import { familyFiles } from './files.ts';
import { namesFor } from './names.ts';
import { freePacketNumber } from './packet-numbers.ts';

const projectRoot = join(import.meta.dirname, '../..');

/**
 * Writes `functions/<name>/` below a root: manifest, one handler, its test, and nothing outside. It plays at once: a packet of its own, with a number
 * that nobody else uses.
 * @returns the files written, from the root
 * @throws Error when the name is no name, or taken
 */
export async function newFamily(root: string, name: string): Promise<string[]> {
  const names = namesFor(name);
  if (TAKEN.has(name)) throw new Error(`${name}: a stack of the platform has this name`);
  const functions = join(root, 'functions');
  const folder = join(functions, name);
  const taken = await access(folder).then(
    () => true,
    () => false,
  );
  if (taken) throw new Error(`functions/${name} is there already`);
  const number = freePacketNumber(await loadManifests(functions));
  // Made ready first and written at one go: a running `npm run dev` would load half of it.
  const files = Object.entries(familyFiles(names, number)).map(([path, content]) => ({
    path: join('functions', name, path),
    content: formatted(join('functions', name, path), content),
  }));
  for (const { path, content } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return files.map(({ path }) => path);
}

/** In the style of the project: the templates fit every name, but not every name fits their lines. */
function formatted(path: string, content: string): string {
  const { status, stdout } = spawnSync(
    join(projectRoot, 'node_modules/.bin/biome'),
    ['check', '--write', `--stdin-file-path=${path}`],
    { cwd: projectRoot, input: content, encoding: 'utf8' },
  );
  return status === 0 ? stdout : content;
}
