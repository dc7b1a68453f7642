import { appendFile, cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltIngress, buildIngress } from './ingress.ts';

const root = join(import.meta.dirname, '../..');
let scratch: string;
let built: BuiltIngress;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'packet-edge-ingress-'));
  built = await buildIngress(root, join(scratch, 'first'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function contentsOf({ folder, files }: BuiltIngress): Promise<Record<string, string>> {
  const read = async (path: string) => [path, await readFile(join(folder, path), 'latin1')] as const;
  return Object.fromEntries(
    await Promise.all(['package.json', 'LICENCES.txt', ...files.map(({ path }) => path)].map(read)),
  );
}

describe('the ingress alone', () => {
  test('holds its program and nothing else', async () => {
    const names = (await readdir(built.folder)).sort();
    expect(names).toEqual(['LICENCES.txt', 'chunks', 'main.mjs', 'package.json']);
  });

  test('has no rule of the game in it: no family, and nothing of the world that only families know', async () => {
    const maps = join(scratch, 'first/maps/ingress');
    const files = (await readdir(maps, { recursive: true })).filter((path) => path.endsWith('.map'));
    const texts = await Promise.all(files.map((path) => readFile(join(maps, path), 'utf8')));
    const sources = texts.flatMap((text) => (JSON.parse(text) as { sources: string[] }).sources);
    expect(sources).toContain('ingress/main.ts');
    const foreign = /^(functions|tools|infra|test|shared\/(world|sections|economy|kit|services))\//;
    expect(sources.filter((source) => foreign.test(source))).toEqual([]);
  });

  test('is the same, byte for byte, when a team has changed its family and the sections that it owns', async () => {
    const copy = join(scratch, 'copy');
    for (const part of ['ingress', 'functions', 'shared', 'package.json', 'tsconfig.json'])
      await cp(join(root, part), join(copy, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    const before = await contentsOf(await buildIngress(copy, join(scratch, 'before')));
    const change = '\nexport const MORE = 1;\n';
    for (const file of ['functions/chat/family.ts', 'shared/sections/chat.ts', 'shared/world/formulas.ts'])
      await appendFile(join(copy, file), change);
    expect(await contentsOf(await buildIngress(copy, join(scratch, 'after')))).toEqual(before);
    await appendFile(join(copy, 'ingress/main.ts'), 'process.title = "changed";\n');
    expect(await contentsOf(await buildIngress(copy, join(scratch, 'changed')))).not.toEqual(before);
  });
});
