import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Family } from '../../shared/kit/index.ts';
import { silentLog } from '../../test/support/engine.ts';
import { createFamilyBundler, type FamilyBundler } from './family-bundler.ts';
import { startReloader } from './reloader.ts';

const root = join(import.meta.dirname, '../..');
const KIT = join(root, 'shared/kit/index.ts');
let bundler: FamilyBundler;
let functions: string;
let stop: () => void;
let told: string[];

const familyFile = (name: string): string => `import { defineFamily } from '${KIT}';
import { greeting } from './greeting.ts';
export const family = defineFamily({
  name: '${name}',
  packets: {},
  signals: { [greeting]: () => ({}) },
  state: { owns: {}, reads: [] },
  services: () => null,
});
`;
const write = (path: string, text: string) => writeFile(join(functions, path), text);
async function save(path: string, text: string): Promise<void> {
  await write(`${path}~`, text);
  await rename(join(functions, `${path}~`), join(functions, path));
}

beforeAll(async () => {
  bundler = await createFamilyBundler(root);
});
afterAll(() => bundler.close());
beforeEach(async () => {
  functions = await mkdtemp(join(tmpdir(), 'packet-edge-reload-'));
  await mkdir(join(functions, 'guild'));
  await write('guild/family.ts', familyFile('guild'));
  await write('guild/greeting.ts', "export const greeting = 'guild.hello';\n");
  told = [];
  stop = await startReloader({
    root,
    functions,
    bundler,
    replace: ({ name, manifest }: Family) => told.push(`${name} ${manifest.signals}`) > 0,
    remove: (name) => told.push(`${name} removed`),
    log: { ...silentLog, error: (_fields: object, text: string) => void told.push(text) } as typeof silentLog,
  });
});
afterEach(async () => {
  stop();
  await rm(functions, { recursive: true, force: true });
});

async function next(): Promise<string> {
  await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(0);
  return told.shift() ?? '';
}

test('every save counts, whether the editor writes the file or puts another in its place', async () => {
  for (const word of ['one', 'two', 'three']) {
    await save('guild/greeting.ts', `export const greeting = 'guild.${word}';\n`);
    expect(await next()).toBe(`guild guild.${word}`);
  }
  await write('guild/greeting.ts', "export const greeting = 'guild.four';\n");
  expect(await next()).toBe('guild guild.four');
});

test('a mistake is told with its place, and the next save is taken', async () => {
  await save('guild/greeting.ts', 'export const greeting = ;\n');
  expect(await next()).toMatch(
    /^guild is not reloaded; the old code goes on\n.*guild\/greeting\.ts:1:25: Unexpected ";"$/,
  );
  await save('guild/greeting.ts', "throw new Error('at load');\nexport const greeting = '';\n");
  expect(await next()).toContain('Error: at load');
  await save('guild/greeting.ts', "export const greeting = 'guild.mended';\n");
  expect(await next()).toBe('guild guild.mended');
});

test('a file that is missed and comes back', async () => {
  await rm(join(functions, 'guild/greeting.ts'));
  expect(await next()).toMatch(/family\.ts:2:26: Could not resolve ".\/greeting.ts"/);
  await write('guild/greeting.ts', "export const greeting = 'guild.back';\n");
  expect(await next()).toBe('guild guild.back');
});

test('a family called otherwise than its folder is refused in these words', async () => {
  await save('guild/family.ts', familyFile('gild'));
  expect(await next()).toContain('the family is called gild, not as its folder');
});

test('a new family joins in, and one whose folder is gone is taken away', async () => {
  await mkdir(join(functions, 'war-band'));
  await write('war-band/greeting.ts', "export const greeting = 'war-band.hello';\n");
  await write('war-band/family.ts', familyFile('war-band'));
  expect(await next()).toBe('war-band war-band.hello');
  await rm(join(functions, 'war-band'), { recursive: true });
  await expect.poll(() => told.at(-1), { timeout: 10_000 }).toBe('war-band removed');
});
