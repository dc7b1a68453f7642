import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remoteAccounts, remoteAuth, remoteWorld } from '../../shared/services/remote/index.ts';
import { Service } from '../support/service.ts';
import { startServices } from '../support/services-process.ts';
import { Player } from './support/player.ts';

const root = join(import.meta.dirname, '../..');
const TOKEN = 'token-between-the-two';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'packet-edge-services-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

function edge(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return promisify(execFile)(process.execPath, ['tools/edge.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
  });
}

test('without a database of its own it brings the embedded one, serves what it is told to, and ends cleanly', async () => {
  const services = await startServices(['--port', '0', '--only', 'auth'], { DATA_DIR: dataDir });
  expect(services.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const target = { url: services.url, token: null, deadline: 5_000 };
  await edge(['account', 'add', 'anna', '--password', 'correct'], { AUTH_SERVICE_URL: services.url });
  const { stdout } = await edge(['account', 'list', '--json'], { AUTH_SERVICE_URL: services.url });
  expect(JSON.parse(stdout)).toMatchObject([{ name: 'anna', right: 1, banned: false }]);
  expect(await remoteAuth(target).servers()).toMatchObject({ code: 'ok' });
  expect(await remoteWorld(target).findObject({ map: 1, objectId: 2_000 })).toMatchObject({ code: 'down' });
  expect(await services.stop()).toBe(0);
});

test('beside a service that runs it works on the same data, for those who bring the token', async () => {
  const service = await Service.start({ dataDir, environment: { AUTO_CREATE_ACCOUNTS: 'false' } });
  const services = await startServices(['--port', '0'], { DATA_DIR: dataDir, SERVICE_TOKEN: TOKEN });
  const accounts = (token: string | null) => remoteAccounts({ url: services.url, token, deadline: 5_000 });
  expect(await accounts(null).list()).toMatchObject({ code: 'down' });
  const account = { name: 'bert', password: 'correct', right: 1, now: Date.now() };
  expect(await accounts(TOKEN).add(account)).toMatchObject({ code: 'ok' });
  const bert = new Player({ port: service.port, account: 'bert', password: 'correct' });
  expect(await bert.logIn()).toBe(0);
  bert.drop();
  expect(await services.stop('SIGINT')).toBe(0);
  expect(await service.stop()).toBe(0);
});

test.each([
  ['an open address without a token', ['--listen', '0.0.0.0'], 'SERVICE_TOKEN is not set'],
  ['a service that does not exist', ['--only', 'auth,shop'], 'there are auth, character, world'],
  ['a port that does not exist', ['--port', '70000'], '0 to 65535'],
])('%s is refused', async (_what, args, problem) => {
  await expect(edge(['services', ...args], { DATA_DIR: dataDir })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(problem),
  });
});

test('a URL that is none is refused by the commands that use it', async () => {
  const failing = edge(['account', 'list'], { AUTH_SERVICE_URL: 'somewhere' });
  await expect(failing).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^\[bad_config\].*\n +AUTH_SERVICE_URL=somewhere: must be a URL\n/),
  });
});
