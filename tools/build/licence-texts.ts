import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const TEXT = /^(licen[cs]e|notice)/i;
const RULE = `\n${'-'.repeat(78)}\n`;

/** The licences of every package whose code is in a bundle: what may be passed on has to name them. */
export async function licenceTexts(root: string, { inputs }: Metafile): Promise<string> {
  const folders = new Set(Object.keys(inputs).flatMap((path) => PACKAGE.exec(path) ?? []));
  const parts = await Promise.all([...folders].sort().map((folder) => partOf(join(root, folder))));
  return parts.join(RULE);
}

async function partOf(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const names = (await readdir(folder)).filter((name) => TEXT.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const heading = `${manifest.name} ${manifest.version} (${manifest.license})`;
  return [heading, ...texts.map((text) => text.trim())].join('\n\n');
}
