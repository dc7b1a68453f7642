import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchTree } from './watch-tree.ts';

let root: string;
let stop: () => void;
let seen: string[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'packet-edge-watch-'));
  await mkdir(join(root, 'chat/handlers'), { recursive: true });
  await writeFile(join(root, 'chat/handlers/say.ts'), '1');
  seen = [];
  stop = watchTree(root, (path) => seen.push(path.slice(root.length + 1)));
});
afterEach(async () => {
  stop();
  await rm(root, { recursive: true, force: true });
});

async function told(path: string): Promise<void> {
  await expect.poll(() => seen, { timeout: 5000 }).toContain(path);
  seen.length = 0;
}

test('a file is watched on after an editor has put another in its place', async () => {
  const file = join(root, 'chat/handlers/say.ts');
  for (let save = 0; save < 3; save += 1) {
    await writeFile(`${file}~`, String(save));
    await rename(`${file}~`, file);
    await told('chat/handlers/say.ts');
  }
  await appendFile(file, 'more');
  await told('chat/handlers/say.ts');
});

test('folders of later are watched too, with what lay in them already', async () => {
  await mkdir(join(root, 'guild/handlers'), { recursive: true });
  await writeFile(join(root, 'guild/handlers/hello.ts'), '1');
  await told('guild/handlers/hello.ts');
  await writeFile(join(root, 'guild/handlers/bye.ts'), '1');
  await told('guild/handlers/bye.ts');
});

test('what is taken away is told, and comes again', async () => {
  await rm(join(root, 'chat'), { recursive: true });
  await told('chat');
  await mkdir(join(root, 'chat'));
  await writeFile(join(root, 'chat/family.ts'), '1');
  await told('chat/family.ts');
});

test('nothing is told after the end', async () => {
  stop();
  await writeFile(join(root, 'chat/family.ts'), '1');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(seen).toEqual([]);
});
