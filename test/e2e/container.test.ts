import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildContainer } from '../../tools/build/container.ts';
import {
  environmentOf,
  execForm,
  onlyOf,
  parseDockerfile,
  type Stage,
} from '../../tools/build/testing/dockerfile.ts';
import { type Launch, Service } from '../support/service.ts';
import { twoPlayersMeet } from './scenario.ts';
import { Player } from './support/player.ts';

/**
 * The image without Docker: the tree that it holds is built into a folder, made read-only, and run as the Dockerfile says (user,
 * environment, entry point, health check), with `/app` and `/data` moved below the folder. Node's permission model keeps the process
 * from reading or writing anything else, the project's sources above all.
 */
const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const image = parseDockerfile(await readFile(join(root, 'ingress/Dockerfile'), 'utf8')).at(-1) as Stage;
const [uid = 0, gid = 0] = onlyOf(image, 'USER').split(':').map(Number);
/** Only root can become somebody else; anyone else is not root already. */
const owner = process.getuid?.() === 0 ? { uid, gid } : undefined;

let folder: string;
let service: Service;
/** A path of the image, as it lies here. */
const here = (path: string) => path.replace(/^\/(?=app|data)/, `${folder}/`);
const app = () => join(folder, 'app');
const data = () => join(folder, 'data');
const node = () => join(folder, 'node');

/** What the process gets from the image, and no variable of ours. */
const environment = () => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  ...Object.fromEntries(Object.entries(environmentOf(image)).map(([name, value]) => [name, here(value)])),
});

function launch(): Launch {
  const [program, ...args] = execForm(onlyOf(image, 'ENTRYPOINT')).map(here);
  expect(program).toBe('node');
  const may = ['--allow-child-process', `--allow-fs-write=${data()}`];
  const reads = [app(), data(), '/proc'].map((path) => `--allow-fs-read=${path}`);
  const file = node();
  return { file, args: ['--permission', ...may, ...reads, ...args], cwd: app(), ...(owner && { owner }) };
}

const asService = (command: readonly string[], variables: Record<string, string>) => {
  const [program = '', ...args] = command.map(here);
  return run(program === 'node' ? node() : program, args, {
    cwd: app(),
    env: { ...environment(), ...variables },
    ...owner,
  });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packet-edge-container-'));
  const built = await buildContainer(root, join(folder, 'dist'), process.arch === 'arm64' ? 'arm64' : 'x64');
  await run('mv', [built.folder, app()]);
  await rm(join(folder, 'dist'), { recursive: true });
  await copyFile(process.execPath, node());
  await mkdir(data());
  if (owner !== undefined) await chown(data(), uid, gid);
  await run('chmod', ['-R', 'a+rX,a-w', app()]);
  await chmod(folder, 0o555);
  service = await Service.start({ dataDir: data(), environment: environment(), launch: launch() });
});
afterAll(async () => {
  await service.stop();
  await run('chmod', ['-R', 'u+w', folder]);
  await rm(folder, { recursive: true, force: true });
});

const shell = (command: string) => asService(['/bin/sh', '-c', command], {});
const edge = (...args: string[]) => asService(['node', '/app/edge.mjs', ...args], {});
const healthCheck = (port: number) =>
  asService(execForm(onlyOf(image, 'HEALTHCHECK')), { PACKET_METRICS_PORT: String(port) });

describe('what the image holds, run as the container runs it', () => {
  test('is not run by root, and cannot change its own code', async () => {
    const status = await readFile(`/proc/${service.process.pid}/status`, 'utf8');
    const [, runsAs] = /^Uid:\s+(\d+)/m.exec(status) ?? [];
    expect(Number(runsAs)).toBe(owner?.uid ?? process.getuid?.());
    expect(Number(runsAs)).not.toBe(0);
    await expect(shell(`echo >> ${app()}/main.mjs`)).rejects.toThrow();
    await expect(shell(`touch ${app()}/chunks/new`)).rejects.toThrow();
    await shell(`touch ${data()}/new`);
  });

  test('the health check of the Dockerfile passes, and fails where nothing answers', async () => {
    await healthCheck(service.adminPort);
    await expect(healthCheck(1)).rejects.toMatchObject({ code: 1 });
  });

  test('two players log in, meet, walk, talk and log out', () => twoPlayersMeet(service, { prefix: 'c' }));

  test('SIGTERM drains: the player is let go, everything is saved, the exit code is 0', async () => {
    const player = await new Player({ port: service.port, account: 'dana' }).play('Dana');
    const ended = service.stop();
    await player.world.ended();
    expect(await ended).toBe(0);
    expect(service.lines.join('\n')).toContain('"msg":"ended"');
  });

  test('the volume keeps everything, and the command line of the image makes accounts in the running service', async () => {
    const again = await Service.start({
      dataDir: data(),
      environment: { ...environment(), AUTO_CREATE_ACCOUNTS: 'false' },
      launch: launch(),
    });
    await new Player({ port: again.port, account: 'dana' }).play('Dana');
    await edge('account', 'add', 'erna', '-p', 'secret');
    expect(await new Player({ port: again.port, account: 'erna' }).logIn()).toBe(0);
    const { stdout } = await edge('account', 'list');
    for (const account of ['dana', 'erna']) expect(stdout).toContain(account);
    expect(await again.stop()).toBe(0);
  });
});
