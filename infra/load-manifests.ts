import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Manifest } from '../shared/contract/index.ts';
import { parseManifest } from '../shared/contract/parse/index.ts';

/** Names that stacks of the platform itself have. */
export const TAKEN: ReadonlySet<string> = new Set(['state', 'ingress', 'observability']);

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Names of the families of a folder that can be deployed: those with a definition and a Lambda entry. */
export async function familyNames(functions: string): Promise<string[]> {
  const folders = (await readdir(functions, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const complete: string[] = [];
  for (const { name } of folders) {
    const entries = ['family.ts', 'lambda.ts'].map((file) => exists(join(functions, name, file)));
    if (!(await Promise.all(entries)).includes(false)) complete.push(name);
  }
  return complete.sort();
}

/**
 * The manifests of those families, in the order of their names.
 * @throws Error when a folder's name and its family's differ, or the name is one of the platform's own
 */
export async function loadManifests(functions: string): Promise<Manifest[]> {
  const manifests: Manifest[] = [];
  for (const name of await familyNames(functions)) {
    const module = (await import(pathToFileURL(join(functions, name, 'family.ts')).href)) as {
      readonly family: { readonly manifest: Manifest };
    };
    const manifest = parseManifest(JSON.parse(JSON.stringify(module.family.manifest)));
    if (manifest.name !== name)
      throw new Error(`functions/${name}: its family calls itself ${manifest.name}`);
    if (TAKEN.has(name)) throw new Error(`functions/${name}: the name is taken by a stack of the platform`);
    manifests.push(manifest);
  }
  return manifests;
}
