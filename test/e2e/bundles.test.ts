import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SETTINGS } from '../../shared/config/catalogue.ts';
import { buildFunctions, FUNCTION_FILE } from '../../tools/build/functions.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type InvokeApi, startInvokeApi } from '../support/invoke-api.ts';
import { Service } from '../support/service.ts';
import { twoPlayersMeet } from './scenario.ts';

const root = join(import.meta.dirname, '../..');
/** What Lambda gives a function: temporary credentials, by environment variables alone. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'the secret of the role',
  AWS_SESSION_TOKEN: 'the token of the session',
};

interface Signed {
  readonly authorization: string;
  readonly token: string;
}

/** Stands in front of the database and keeps by whom each request was signed. */
async function listenIn(endpoint: string): Promise<{ url: string; seen: Signed[]; server: Server }> {
  const seen: Signed[] = [];
  const server = createServer((incoming, outgoing) => {
    const { authorization = '', 'x-amz-security-token': token = '' } = incoming.headers;
    seen.push({ authorization, token: String(token) });
    const onward = request(endpoint, { method: 'POST', headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, server };
}

describe('the bundles that are deployed, with the credentials that Lambda gives', () => {
  let folder: string;
  let engine: TestEngine;
  let database: Awaited<ReturnType<typeof listenIn>>;
  let api: InvokeApi;
  let service: Service;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packet-edge-bundles-'));
    engine = await startTestEngine();
    database = await listenIn(engine.engine.endpoint);
    const built = await buildFunctions(root, folder, SETTINGS.FAMILIES.default.split(','));
    api = await startInvokeApi({
      functions: Object.fromEntries(
        built.map((one) => [`packet-edge-${one.family}`, join(one.folder, FUNCTION_FILE)]),
      ),
      environment: {
        ...engine.environment,
        ...CREDENTIALS,
        DYNAMODB_ENDPOINT: database.url,
        AUTO_CREATE_ACCOUNTS: 'true',
      },
    });
    service = await Service.start({
      environment: { ...engine.environment, INVOKER: 'lambda', LAMBDA_ENDPOINT: api.url },
    });
  });
  afterAll(async () => {
    await service.stop();
    await api.close();
    database.server.closeAllConnections();
    database.server.close();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('two players log in, meet, walk, talk and log out', () => twoPlayersMeet(service, { prefix: 'b' }));

  test('every request to the database was signed with them, session token included', () => {
    expect(database.seen.length).toBeGreaterThan(10);
    for (const { authorization, token } of database.seen) {
      expect(authorization).toContain(`Credential=${CREDENTIALS.AWS_ACCESS_KEY_ID}/`);
      expect(authorization).toMatch(/SignedHeaders=[^,]*x-amz-security-token/);
      expect(token).toBe(CREDENTIALS.AWS_SESSION_TOKEN);
    }
  });
});
