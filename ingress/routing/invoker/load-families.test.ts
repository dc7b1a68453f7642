import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadFamilies, loadFamily } from './load-families.ts';

const kit = pathToFileURL(join(import.meta.dirname, '../../../shared/kit/index.ts')).href;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'families-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'family.ts'), text);
}

const family = (name: string, more = '') => `
import { defineFamily } from '${kit}';
export const family = defineFamily<never, null>({
  name: '${name}', packets: {}, state: { owns: {}, reads: [] }, services: () => null, ${more}
});`;

describe('loadFamilies', () => {
  it('loads each folder that has a family, in the order of names', async () => {
    await write('zeta', family('zeta'));
    await write('alpha', family('alpha', 'timeout: 900'));
    await mkdir(join(folder, 'drafts'));
    const loaded = await loadFamilies(folder);
    expect([...loaded.keys()]).toEqual(['alpha', 'zeta']);
    expect(loaded.get('alpha')?.manifest.timeout).toBe(900);
  });

  it.each([
    ['a syntax error', 'export const family = {', /cannot be loaded/],
    ['no family', 'export const other = 1;', /exports no `family`/],
    ['another name than its folder', family('beta'), /its folder is alpha, its name beta/],
    ['a faulty manifest', family('alpha', 'timeout: 1'), /timeout/],
  ])('refuses %s', async (_what, text, message) => {
    await write('alpha', text);
    const failure = loadFamilies(folder);
    await expect(failure).rejects.toMatchObject({ code: 'bad_manifest' });
    await expect(failure).rejects.toThrow(message);
  });

  it('evaluates a changed module anew under another version', async () => {
    await write('alpha', family('alpha', 'memory: 256'));
    expect((await loadFamily(folder, 'alpha', 'family.ts', '1')).manifest.memory).toBe(256);
    await write('alpha', family('alpha', 'memory: 512'));
    expect((await loadFamily(folder, 'alpha', 'family.ts', '1')).manifest.memory).toBe(256);
    expect((await loadFamily(folder, 'alpha', 'family.ts', '2')).manifest.memory).toBe(512);
  });
});
