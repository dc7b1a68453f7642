import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.ts';
import { fetchDynamoDb, layOutDynamoDb } from './dynamodb.ts';
import { fingerprint } from './fingerprint.ts';
import { type Paths, sources } from './paths.ts';
import { findPrerequisites, type Prerequisites } from './prerequisites.ts';

const UV = 'uv==0.13.9';

/**
 * Installs LocalStack and what it needs into `paths.home`, unless the same is there already.
 * @returns whether anything was installed
 * @throws Problem when a prerequisite is missing or a download fails
 */
export async function install(paths: Paths): Promise<boolean> {
  const key = await fingerprint();
  if ((await readFile(paths.key, 'utf8').catch(() => '')) === key) return false;
  const found = findPrerequisites();
  console.log('installing LocalStack (about a minute the first time) ...');
  for (const part of [paths.venv, paths.root, paths.key]) await rm(part, { recursive: true, force: true });
  await mkdir(paths.home, { recursive: true });
  // One waits for Maven's network, the other for Python's.
  const [library] = await Promise.all([fetchDynamoDb(paths, found), installPython(paths, found)]);
  await layOutDynamoDb(paths, library, found);
  await rm(join(paths.home, 'maven'), { recursive: true });
  await writeFile(paths.key, key);
  return true;
}

/** The locked packages with their hashes checked, then our two plugins. */
async function installPython(paths: Paths, { python }: Prerequisites): Promise<void> {
  const tool = join(paths.home, 'uv');
  await run(python, ['-m', 'venv', '--clear', tool]);
  await run(join(tool, 'bin/pip'), ['install', '-q', UV]);
  const uv = join(tool, 'bin/uv');
  const install = ['pip', 'install', '-q', '-p', paths.venv];
  await run(uv, ['venv', '-q', '-p', python, paths.venv]);
  await run(uv, [...install, '--require-hashes', '-r', join(sources, 'python/requirements.lock')]);
  // Building leaves files beside the source, so a copy is built.
  const plugin = join(paths.home, 'plugin');
  await cp(join(sources, 'python/plugin'), plugin, { recursive: true });
  await run(uv, [...install, '--no-deps', plugin]);
  for (const part of [plugin, tool]) await rm(part, { recursive: true });
}
