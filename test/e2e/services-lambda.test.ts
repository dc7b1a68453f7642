import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SETTINGS } from '../../shared/config/catalogue.ts';
import { buildFunctions, FUNCTION_FILE } from '../../tools/build/functions.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type InvokeApi, startInvokeApi } from '../support/invoke-api.ts';
import { Service } from '../support/service.ts';
import { type ServicesProcess, startServices } from '../support/services-process.ts';
import { twoPlayersMeet } from './scenario.ts';

/** The bundles that are deployed, each calling services in another process over gRPC: the code for it comes from their chunks. */
const root = join(import.meta.dirname, '../..');
const TOKEN = 'token-between-the-two';

let folder: string;
let engine: TestEngine;
let services: ServicesProcess;
let api: InvokeApi;
let service: Service;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packet-edge-services-'));
  engine = await startTestEngine();
  services = await startServices(['--port', '0'], {
    ...engine.environment,
    SERVICE_TOKEN: TOKEN,
    AUTO_CREATE_ACCOUNTS: 'true',
  });
  const built = await buildFunctions(root, folder, SETTINGS.FAMILIES.default.split(','));
  api = await startInvokeApi({
    functions: Object.fromEntries(
      built.map((one) => [`packet-edge-${one.family}`, join(one.folder, FUNCTION_FILE)]),
    ),
    environment: {
      ...engine.environment,
      AUTH_SERVICE_URL: services.url,
      CHARACTER_SERVICE_URL: services.url,
      WORLD_SERVICE_URL: services.url,
      SERVICE_TOKEN: TOKEN,
      // Only the services make accounts: whoever gets in was let in by them.
      AUTO_CREATE_ACCOUNTS: 'false',
    },
  });
  service = await Service.start({
    environment: { ...engine.environment, INVOKER: 'lambda', LAMBDA_ENDPOINT: api.url },
  });
});
afterAll(async () => {
  await service.stop();
  await api.close();
  expect(await services.stop()).toBe(0);
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

test('two players log in, meet, walk, talk and log out', () => twoPlayersMeet(service));
