import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIngress } from '../../tools/build/ingress.ts';
import { deployedFamilies, invoke, liveVersion } from '../../tools/localstack/clients.ts';
import { ingressEnvironment } from '../../tools/localstack/environment.ts';
import { twoPlayersMeet } from '../e2e/scenario.ts';
import { Service } from '../support/service.ts';

describe('the bundles that were deployed to LocalStack', () => {
  let out: string;
  let service: Service;
  // The ingress is what its image on AWS holds: no family could run in it.
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'packet-edge-ingress-'));
    const { folder: cwd } = await buildIngress(join(import.meta.dirname, '../..'), out);
    const launch = { file: process.execPath, args: [join(cwd, 'main.mjs')], cwd };
    service = await Service.start({ environment: ingressEnvironment(), launch });
  });
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
    await rm(out, { recursive: true, force: true });
  });

  test('every family is in the route registry, with a version behind its live alias', async () => {
    const families = await deployedFamilies();
    expect(families).toEqual(expect.arrayContaining(['auth', 'character', 'chat', 'movement']));
    for (const family of families) expect(Number(await liveVersion(family))).toBeGreaterThan(0);
  });

  test('a function describes itself', async () => {
    expect(await invoke('chat', { describe: true })).toMatchObject({ name: 'chat', v: 1 });
  });

  test('a function refuses what is no event', async () => {
    await expect(invoke('chat', { v: 0 })).rejects.toThrow('bad_event');
  });

  test('two players log in, meet, walk, talk and log out', () => twoPlayersMeet(service, { prefix: 'ls' }));

  test('all of it went through invocations that succeeded', async () => {
    expect(await service.metric('invocations_total', 'outcome="ok"')).toBeGreaterThan(20);
    expect(await service.metric('invocations_total', 'outcome="failed"')).toBe(0);
  });
});
