import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
/** Inside the project, so that its tests find vitest. */
const folder = join(root, 'node_modules/.test-of-tests');

/** Two tests that build on each other: the first fails the first time that the file runs. */
const UNLUCKY = `
import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
const seen = import.meta.dirname + '/seen';
test('fails once', () => {
  const again = existsSync(seen);
  writeFileSync(seen, '');
  expect(again).toBe(true);
});
test('passes', () => {});
`;
const BROKEN = `import { expect, test } from 'vitest'; test('is wrong', () => expect(1).toBe(2));`;
const FINE = `import { expect, test } from 'vitest'; test('is right', () => expect(1).toBe(1));`;

async function run(env: Record<string, string>): Promise<{ code: number; last: string; output: string }> {
  await rm(join(folder, 'seen'), { force: true });
  const args = [
    join(root, 'tools/test.ts'),
    '--root',
    folder,
    `--config=${join(folder, 'vitest.config.ts')}`,
  ];
  const { VITEST: _, ...outer } = process.env;
  return new Promise((resolve) =>
    execFile(process.execPath, args, { env: { ...outer, CI: '', ...env } }, (error, output) =>
      resolve({
        code: error === null ? 0 : Number(error.code),
        last: output.trim().split('\n').at(-1) ?? '',
        output,
      }),
    ),
  );
}

describe('the test command', () => {
  beforeAll(async () => {
    await mkdir(folder, { recursive: true });
    const config = `export default { test: { include: ['*.check.ts'] } };`;
    await writeFile(join(folder, 'vitest.config.ts'), config);
    await writeFile(join(folder, 'unlucky.check.ts'), UNLUCKY);
    await writeFile(join(folder, 'fine.check.ts'), FINE);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('counts what passed and failed, and gives no second chance at home', async () => {
    expect(await run({})).toMatchObject({ code: 1, last: '2 passed, 1 failed' });
  });

  test('in continuous integration runs a file in which something failed once more, from its beginning', async () => {
    const { code, last, output } = await run({ CI: 'true' });
    expect({ code, last }).toEqual({ code: 0, last: '3 passed, 0 failed' });
    expect(output).toContain('once more, from the beginning: ');
  });

  test('what fails twice has failed', async () => {
    await writeFile(join(folder, 'broken.check.ts'), BROKEN);
    expect(await run({ CI: 'true' })).toMatchObject({ code: 1, last: '3 passed, 1 failed' });
    await rm(join(folder, 'broken.check.ts'));
  });

  test('a file that cannot be loaded counts as one failure', async () => {
    await writeFile(join(folder, 'broken.check.ts'), `import './nowhere.ts';`);
    expect(await run({ CI: 'true' })).toMatchObject({ code: 1, last: '3 passed, 1 failed' });
    await rm(join(folder, 'broken.check.ts'));
  });
});
