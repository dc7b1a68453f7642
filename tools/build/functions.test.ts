import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LambdaHandler } from '../../shared/kit/index.ts';
import { budgetOf, readBudget } from './budget.ts';
import { familiesWith } from './families.ts';
import { type BuiltFunction, buildFunctions, FUNCTION_FILE } from './functions.ts';

const root = join(import.meta.dirname, '../..');
let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'packet-edge-build-'));
});
afterAll(() => rm(out, { recursive: true, force: true }));

const families = await familiesWith(root, 'lambda.ts');
const codeOf = (family: string) => readFile(join(out, 'functions', family, FUNCTION_FILE), 'utf8');
/** A family without services has none. */
const chunksOf = (family: string) =>
  readdir(join(out, 'functions', family, 'chunks')).catch((): string[] => []);

describe.each(families)('the function bundle of %s', (family) => {
  let built: BuiltFunction | undefined;
  beforeAll(async () => {
    [built] = await buildFunctions(root, out, [family]);
  });

  test('keeps its budget', async () => {
    expect(built?.bytes).toBeLessThanOrEqual(budgetOf(await readBudget(root), family));
  });

  test('is one file and its chunks; its source map lies apart and names the sources from the project’s root', async () => {
    const files = await readdir(join(out, 'functions', family));
    expect(files.filter((file) => file !== 'chunks')).toEqual([FUNCTION_FILE]);
    expect(await codeOf(family)).not.toContain('sourceMappingURL');
    const map = await readFile(join(out, 'maps/functions', family, `${FUNCTION_FILE}.map`), 'utf8');
    const { sources } = JSON.parse(map) as { sources: string[] };
    expect(sources).toContain(`functions/${family}/family.ts`);
  });

  test('needs nothing but Node', async () => {
    const imports = [...(await codeOf(family)).matchAll(/\bfrom"([^"]+)"/g)].map((match) => match[1] ?? '');
    for (const name of imports) expect(name).toMatch(/^node:|^\.\/chunks\//);
  });

  test('loads no gRPC at its start', async () => {
    const chunks = [...(await codeOf(family)).matchAll(/(?:from|import)"\.\/(chunks\/[^"]+)"/g)];
    const started = [await codeOf(family)];
    for (const [, name = ''] of chunks)
      started.push(await readFile(join(out, 'functions', family, name), 'utf8'));
    expect(started.some((code) => code.includes('application/grpc'))).toBe(false);
    const all = await chunksOf(family);
    const texts = await Promise.all(
      all.map((name) => readFile(join(out, 'functions', family, 'chunks', name), 'utf8')),
    );
    // Whoever opens one of the services can reach it elsewhere, and pays for that only then.
    expect(texts.some((code) => code.includes('application/grpc'))).toBe((built?.lazyBytes ?? 0) > 100_000);
  });

  test('has no credential provider but that of the environment, and no validator but the small one', async () => {
    const code = await codeOf(family);
    // One without a table has no client, and needs no credentials.
    expect(code.includes('AWS_SESSION_TOKEN')).toBe(code.includes('DynamoDB_20120810'));
    for (const absent of [
      'AWS_CONTAINER_CREDENTIALS',
      'AssumeRoleWithWebIdentity',
      'sso_session',
      // A class of zod's full form; `zod/mini`, which some families use, has none of it.
      '"ZodObject"',
    ])
      expect(code).not.toContain(absent);
  });

  test('describes its family when it is invoked', async () => {
    const { handler } = (await import(pathToFileURL(join(out, 'functions', family, FUNCTION_FILE)).href)) as {
      handler: LambdaHandler;
    };
    expect(await handler({ describe: true }, { awsRequestId: 'r' })).toMatchObject({ name: family });
  });
});

test('the same sources give the same bytes elsewhere', async () => {
  const codes: string[] = [];
  for (const folder of ['one', 'another/and/deeper']) {
    const [chat] = await buildFunctions(root, join(out, folder), ['chat']);
    codes.push(await readFile(join(chat?.folder ?? '', FUNCTION_FILE), 'utf8'));
  }
  expect(codes[0] === codes[1]).toBe(true);
});

test('every family can be embedded and deployed: it has both entries', async () => {
  expect(families).toEqual(expect.arrayContaining(['auth', 'character', 'chat', 'movement']));
  expect(await familiesWith(root, 'family.ts')).toEqual(families);
});

test('a family without a line in the budget has the default one', () => {
  const budget = { default: 10, families: { chat: 20 } };
  expect(budgetOf(budget, 'chat')).toBe(20);
  expect(budgetOf(budget, 'guild')).toBe(10);
});

test('the budget names no family that does not exist', async () => {
  for (const family of Object.keys((await readBudget(root)).families)) expect(families).toContain(family);
});
