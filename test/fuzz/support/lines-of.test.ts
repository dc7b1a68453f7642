import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linesOf } from './lines-of.ts';

test('gives whole lines, however they lie in the reads, and goes on where it stopped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'packet-edge-lines-'));
  const file = join(folder, 'lines');
  const lines = Array.from({ length: 300 }, (_, n) => `${n} ${'\u00e4'.repeat(n * 7)}`);
  await writeFile(file, `${lines.join('\n')}\nhalf a li`);
  const read: string[] = [];
  let end = 0;
  for await (const line of linesOf(file)) {
    read.push(line.text);
    end = line.end;
  }
  expect(read).toEqual(lines);
  await appendFile(file, 'ne\n');
  for await (const { text } of linesOf(file, end)) expect(text).toBe('half a line');
  await rm(folder, { recursive: true });
});
