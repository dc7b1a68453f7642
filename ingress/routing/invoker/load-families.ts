import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Manifest } from '../../../shared/contract/index.ts';
import { parseManifest } from '../../../shared/contract/parse/index.ts';
import { EdgeError } from '../../../shared/errors/edge-error.ts';
import type { Family } from '../../../shared/kit/index.ts';

/** In a folder of families, the module of each; bundles end in `.mjs`. */
const MODULES = ['family.ts', 'family.mjs'];

const isFamily = (value: unknown): value is Family =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  'manifest' in value &&
  'start' in value &&
  typeof value.start === 'function';

function refused(family: string, problem: string, cause?: unknown): EdgeError {
  return new EdgeError('bad_manifest', `family ${family}: ${problem}`, { family }, cause);
}

/**
 * Loads the family of one folder. Each call with another `version` evaluates the module anew.
 * @throws EdgeError `bad_manifest` when it cannot be loaded, is no family, has another name than its folder, or its manifest is faulty
 */
export async function loadFamily(
  directory: string,
  name: string,
  module: string,
  version = '',
): Promise<Family> {
  const url = pathToFileURL(join(directory, name, module));
  if (version !== '') url.searchParams.set('version', version);
  let exported: { readonly family?: unknown };
  try {
    exported = await import(url.href);
  } catch (cause) {
    throw refused(
      name,
      `${module} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    );
  }
  const { family } = exported;
  if (!isFamily(family)) throw refused(name, `${module} exports no \`family\` made by defineFamily`);
  if (family.name !== name) throw refused(name, `its folder is ${name}, its name ${family.name}`);
  const manifest: Manifest = parseManifest(JSON.parse(JSON.stringify(family.manifest)));
  return { ...family, manifest };
}

/**
 * Loads all families of a folder (`<directory>/<family>/family.ts`), in the order of their names. Folders without such a file are skipped.
 * @throws EdgeError `bad_manifest` for the first one that cannot be loaded
 */
export async function loadFamilies(directory: string): Promise<Map<string, Family>> {
  const families = new Map<string, Family>();
  const folders = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const files = await readdir(join(directory, name));
    const module = MODULES.find((file) => files.includes(file));
    if (module !== undefined) families.set(name, await loadFamily(directory, name, module));
  }
  return families;
}
