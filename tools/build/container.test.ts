import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltContainer, buildContainer } from './container.ts';
import { familiesWith } from './families.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
/** What a bundled file imports, or asks for with `require`. */
const IMPORTED = /^(?:import|export)\b[^"'\n;]*["']([^"'\n]+)["'];$|\b__require\("([^"]+)"\)/gm;
let out: string;
let built: BuiltContainer;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'packet-edge-build-'));
  built = await buildContainer(root, out, 'x64');
});
afterAll(() => rm(out, { recursive: true, force: true }));

const read = (path: string) => readFile(join(built.folder, path), 'utf8');

describe('the tree of the container', () => {
  test('holds the programs, the families, what they share, the engine, and nothing else', async () => {
    const names = [
      'LICENCES.txt',
      'chunks',
      'edge.mjs',
      'functions',
      'main.mjs',
      'node_modules',
      'package.json',
    ];
    expect((await readdir(built.folder)).sort()).toEqual(names);
    expect((await readdir(join(built.folder, 'functions'))).sort()).toEqual(
      await familiesWith(root, 'family.ts'),
    );
    expect(await readdir(join(built.folder, 'node_modules'))).toEqual(['@dynoxide']);
    const all = await readdir(built.folder, { recursive: true });
    expect(all.filter((path) => path.endsWith('.map') || path.endsWith('.ts'))).toEqual([]);
  });

  test('loads the SDK and the validator once for all families', () => {
    const own = built.files.filter(({ path }) => path.startsWith('functions/'));
    const shared = built.files.filter(({ path }) => path.startsWith('chunks/'));
    const sum = (files: typeof own) => files.reduce((total, { bytes }) => total + bytes, 0);
    expect(own.length).toBeGreaterThan(3);
    expect(sum(own)).toBeLessThan(sum(shared));
  });

  test('imports nothing but Node and its own files', async () => {
    const asked = await Promise.all(
      built.files.map(async ({ path }) =>
        [...(await read(path)).matchAll(IMPORTED)].map((match) => match[1] ?? match[2] ?? ''),
      ),
    );
    const names = new Set(asked.flat());
    expect(names.size).toBeGreaterThan(20);
    const foreign = [...names].filter((name) => !name.startsWith('.') && !isBuiltin(name));
    // The one that a package of the Valkey client asks for and does without where it is missing.
    expect(foreign.filter((name) => name !== 'supports-color')).toEqual([]);
  });

  test('says what it is, and whose code it holds', async () => {
    expect(JSON.parse(await read('package.json'))).toMatchObject({ name: 'packet-edge', type: 'module' });
    const licences = await read('LICENCES.txt');
    for (const name of ['@aws-sdk/client-dynamodb', 'pino', 'prom-client', 'zod'])
      expect(licences).toContain(`${name} `);
    expect(licences).not.toContain('vitest');
  });

  test('the engine can be run; an image for a processor that it does not exist for goes without', async () => {
    expect(built.engine).toBe(true);
    const { mode } = await stat(join(built.folder, 'node_modules/@dynoxide/linux-x64/dynoxide'));
    expect(mode & 0o111).toBe(0o111);
    const elsewhere = await mkdtemp(join(tmpdir(), 'packet-edge-build-'));
    const arm = await buildContainer(root, elsewhere, 'arm64');
    expect(arm.engine).toBe(false);
    expect(await readdir(arm.folder)).not.toContain('node_modules');
    await rm(elsewhere, { recursive: true, force: true });
  });
});

describe('npm run build', () => {
  const build = (...args: string[]) => run(process.execPath, [join(root, 'tools/build.ts'), ...args]);

  test('tells its options, and reports the sizes of what it built', async () => {
    expect((await build('--help')).stdout).toContain('usage: npm run build');
    const { stdout } = await build('functions', '--family', 'chat', '--out', out);
    expect(stdout).toMatch(/chat( +\d{3},\d{3}){4}$/m);
    expect(stdout).not.toContain('auth');
  });

  test.each([
    [['everything'], 'nothing called everything'],
    [['--family', 'nobody'], 'no family nobody'],
    [['--arch', 'z80'], '--arch z80'],
    [['--what'], "Unknown option '--what'"],
  ])('refuses %j', async (args, problem) => {
    await expect(build(...args)).rejects.toMatchObject({ stderr: expect.stringContaining(problem) });
  });
});
