import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadManifests } from '../../infra/load-manifests.ts';
import { namesFor } from './names.ts';
import { newFamily } from './new-family.ts';

const project = join(import.meta.dirname, '../..');

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

describe('a new family', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'packet-edge-family-'));
    for (const part of [
      'shared',
      'test/support',
      'ingress',
      'package.json',
      'tsconfig.json',
      'vitest.config.ts',
      'functions/chat',
    ]) {
      await cp(join(project, part), join(root, part), { recursive: true });
    }
    await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('is written into its own folder and nowhere else', async () => {
    const before = await filesOf(root);
    const written = await newFamily(root, 'guild');
    const after = await filesOf(root);
    expect(after.filter((file) => !before.includes(file)).sort()).toEqual([...written].sort());
    expect(written.every((file) => file.startsWith('functions/guild/'))).toBe(true);
    await newFamily(root, 'war-band');
  });

  it('has packet numbers of its own', async () => {
    const manifests = await loadManifests(join(root, 'functions'));
    expect(manifests.map(({ name }) => name)).toEqual(['chat', 'guild', 'war-band']);
    const numbers = manifests.flatMap(({ schemas }) =>
      schemas.filter(({ dir }) => dir === 'c2s').map(({ id }) => id),
    );
    expect(new Set(numbers).size).toBe(2);
  });

  it('passes its own test, and the compiler', () => {
    const node = join(project, 'node_modules/.bin/node');
    const run = (...args: string[]) => spawnSync(node, args, { cwd: root, encoding: 'utf8' });
    const vitest = run('node_modules/vitest/vitest.mjs', 'run', 'functions/guild', 'functions/war-band');
    expect(vitest.status, vitest.stdout + vitest.stderr).toBe(0);
    expect(vitest.stdout).toMatch(/6 passed/);
    const tsc = spawnSync(join(project, 'node_modules/.bin/tsc'), ['-p', '.'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(tsc.stdout.split('\n').filter((line) => /^functions\/(guild|war-band)/.test(line))).toEqual([]);
  });

  it('is refused when there is one of that name', async () => {
    await expect(newFamily(root, 'chat')).rejects.toThrow('functions/chat is there already');
  });

  it('is not called as a stack of the platform', async () => {
    await expect(newFamily(root, 'ingress')).rejects.toThrow('a stack of the platform has this name');
  });

  it.each(['Guild', 'guild hall', '../guild', 'guild-', '', '1guild', 'a'.repeat(31)])(
    'is not called %o',
    (name) => {
      expect(() => namesFor(name)).toThrow('a family is named');
    },
  );
});
