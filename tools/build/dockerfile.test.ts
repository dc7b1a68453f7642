import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../../shared/config/catalogue.ts';
import { allOf, environmentOf, execForm, onlyOf, parseDockerfile, type Stage } from './testing/dockerfile.ts';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFile(join(root, path), 'utf8');
const stages = parseDockerfile(await text('ingress/Dockerfile'));
const [build, image] = stages as [Stage, Stage];
const sourcesOf = (stage: Stage) =>
  allOf(stage, 'COPY')
    .filter(({ flags }) => flags.from === undefined)
    .flatMap((copy) => copy.text.split(/\s+/).slice(0, -1));

describe('ingress/Dockerfile', () => {
  test('builds in one stage and runs in another, both on the Node of the project', async () => {
    expect(stages).toHaveLength(2);
    const pinned = (JSON.parse(await text('package.json')) as { dependencies: { node: string } }).dependencies
      .node;
    const major = pinned.split('.')[0];
    for (const { from } of stages) expect(from).toBe(`node:${major}-bookworm-slim`);
  });

  test('takes only what exists, and what .dockerignore lets through', async () => {
    const letThrough = (await text('.dockerignore'))
      .split('\n')
      .flatMap((line) => /^!(.+)$/.exec(line)?.slice(1) ?? []);
    const sources = sourcesOf(build);
    expect(sources.toSorted()).toEqual(letThrough.filter((name) => name !== '').toSorted());
    for (const source of sources) await access(join(root, source));
  });

  test('the image takes files from the build stage only, and runs nothing', () => {
    expect(build.name).toBe('build');
    expect(sourcesOf(image)).toEqual([]);
    for (const { flags } of allOf(image, 'COPY')) expect(flags.from).toBe(build.name);
    expect(allOf(image, 'RUN')).toEqual([]);
    expect(allOf(image, 'ADD')).toEqual([]);
  });

  test('runs as a user that is not root, and owns the data but not the code', () => {
    const [user, group] = onlyOf(image, 'USER').split(':').map(Number);
    expect(user).toBeGreaterThan(0);
    expect(group).toBeGreaterThan(0);
    const owners = allOf(image, 'COPY').map((copy) => [copy.text.split(/\s+/).at(-1), copy.flags.chown]);
    expect(owners).toEqual([
      ['./', undefined],
      ['/data', `${user}:${group}`],
    ]);
  });

  test('keeps data in its volume, and names the ports that the settings have', () => {
    const environment = environmentOf(image);
    expect(environment.DATA_DIR).toBe(onlyOf(image, 'VOLUME'));
    const ports = [SETTINGS.SERVICE_PORT.default, SETTINGS.PACKET_METRICS_PORT.default];
    expect(onlyOf(image, 'EXPOSE').split(' ').map(Number)).toEqual(ports);
    for (const name of Object.keys(environment))
      if (name !== 'NODE_ENV') expect(Object.keys(SETTINGS)).toContain(name);
  });

  test('is started without a shell between, so that SIGTERM arrives, and has a health check', () => {
    expect(execForm(onlyOf(image, 'ENTRYPOINT'))).toEqual(['node', '/app/main.mjs']);
    expect(onlyOf(image, 'STOPSIGNAL')).toBe('SIGTERM');
    expect(execForm(onlyOf(image, 'HEALTHCHECK')).join(' ')).toContain(
      String(SETTINGS.PACKET_METRICS_PORT.default),
    );
  });
});

describe('infra/ingress/Dockerfile', () => {
  test('is the same image with the bundle of the ingress in it, and runs nothing when it is built', async () => {
    const [only, ...more] = parseDockerfile(await text('infra/ingress/Dockerfile')) as [Stage];
    expect(more).toEqual([]);
    expect(only.from).toBe(image.from);
    for (const keyword of ['USER', 'ENTRYPOINT', 'EXPOSE', 'STOPSIGNAL', 'WORKDIR'])
      expect(onlyOf(only, keyword)).toBe(onlyOf(image, keyword));
    expect(onlyOf(only, 'COPY')).toBe('. ./');
    expect(allOf(only, 'RUN')).toEqual([]);
    expect(environmentOf(only)).toEqual({ NODE_ENV: 'production' });
  });
});

describe('compose.yaml', () => {
  test('gives the service a read-only file system, its volume, its ports, and time to drain', async () => {
    const compose = await text('compose.yaml');
    const [service = '', localstack = ''] = compose.split(/^ {2}localstack:$/m);
    expect(service).toMatch(/^ {4}read_only: true$/m);
    expect(service).toContain(`data:${onlyOf(image, 'VOLUME')}`);
    for (const port of onlyOf(image, 'EXPOSE').split(' ')) expect(service).toContain(`${port}:${port}'`);
    const grace = Number(/stop_grace_period: (\d+)s/.exec(service)?.[1]);
    const drain = Number(/DRAIN_TIMEOUT: '(\d+)'/.exec(service)?.[1]);
    expect(grace).toBeGreaterThan(drain);
    expect(localstack).toContain('image: localstack/localstack:4.14.0');
    expect(localstack).toMatch(/profiles:\n\s+- localstack$/m);
  });
});
