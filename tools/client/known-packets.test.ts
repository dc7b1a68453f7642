import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFamily } from '../new-family/new-family.ts';
import { knownPackets } from './known-packets.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packet-edge-client-'));
  await cp(join(root, 'shared'), join(folder, 'shared'), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, 'functions'));
  await newFamily(folder, 'guild');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the client knows the packets that a new family brings', async () => {
  const problems: string[] = [];
  const protocol = await knownPackets('head', (text) => problems.push(text), join(folder, 'functions'));
  const frame = protocol.encode('CLI_GUILD_HELLO', { message: 'hi' });
  expect(protocol.byType('c2s', frame.readUInt16LE(2))?.name).toBe('CLI_GUILD_HELLO');
  expect(protocol.byName('CLI_NORMAL_CHAT')).toBeDefined();
  expect(problems).toEqual([]);
});

test('a family that cannot be loaded is told, and everything else is known', async () => {
  await newFamily(folder, 'broken');
  await writeFile(join(folder, 'functions/broken/packets.ts'), 'export const definitions = [');
  const problems: string[] = [];
  const protocol = await knownPackets('head', (text) => problems.push(text), join(folder, 'functions'));
  expect(problems.join()).toContain('family broken: family.ts cannot be loaded');
  expect(protocol.byName('CLI_NORMAL_CHAT')).toBeDefined();
});
