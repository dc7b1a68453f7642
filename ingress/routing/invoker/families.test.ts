import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseManifest } from '../../../shared/contract/parse/index.ts';
import type { Family } from '../../../shared/kit/index.ts';
import { type InvokeApi, lambdaEntries, startInvokeApi } from '../../../test/support/invoke-api.ts';
import { createLambdaInvoker, type LambdaInvoker } from './lambda.ts';
import { loadFamilies } from './load-families.ts';
import { targetOf } from './target.ts';

const folder = join(import.meta.dirname, '../../../functions');
const prefix = 'packet-edge-';
let families: Map<string, Family>;
let api: InvokeApi;
let lambda: LambdaInvoker;

beforeAll(async () => {
  families = await loadFamilies(folder);
  api = await startInvokeApi({ functions: await lambdaEntries(folder, prefix) });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  lambda = createLambdaInvoker({ region: 'us-east-1', endpoint: api.url, credentials });
});
afterAll(async () => {
  lambda.close();
  await api.close();
});

it('every family of the project answers as a Lambda function with the manifest that the embedded mode loads', async () => {
  expect(families.size).toBeGreaterThan(0);
  for (const [name, family] of families) {
    const described = await lambda.describe(targetOf(name, prefix), AbortSignal.timeout(20_000));
    expect(parseManifest(described), name).toEqual(family.manifest);
  }
});

it('no two families claim one packet, signal, timer or section', () => {
  const claims = [...families.values()].flatMap(({ manifest }) => [
    ...Object.keys(manifest.packets).map((packet) => `packet ${packet}`),
    ...manifest.signals.filter((name) => !name.startsWith('edge.')).map((name) => `signal ${name}`),
    ...manifest.timers.map((name) => `timer ${name}`),
    ...Object.keys(manifest.sections.owns).map((name) => `section ${name}`),
  ]);
  expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([]);
});

it('every section that a family reads is owned by another', () => {
  const owned = new Set(
    [...families.values()].flatMap(({ manifest }) => Object.keys(manifest.sections.owns)),
  );
  for (const [name, { manifest }] of families) {
    expect(
      manifest.sections.reads.filter((section) => !owned.has(section)),
      name,
    ).toEqual([]);
  }
});
