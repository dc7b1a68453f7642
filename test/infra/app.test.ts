import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STAGES, stageConfig } from '../../infra/config.ts';
import { loadManifests } from '../../infra/load-manifests.ts';
import { synthesise } from './synth.ts';

const project = join(import.meta.dirname, '../..');
const manifests = await loadManifests(join(project, 'functions'));

describe.each(Object.keys(STAGES))('the stage %s with the families of the project', (stage) => {
  const { app } = synthesise(stage, undefined, manifests);

  it('has a stack of its own for each family', () => {
    const stacks = app.synth().stacks.map(({ stackName }) => stackName);
    expect(stacks).toEqual(expect.arrayContaining([`PacketEdge-${stage}-State`, `PacketEdge-${stage}-Chat`]));
    expect(stacks.filter((name) => !/-(State|Ingress|Observability)$/.test(name))).toHaveLength(
      manifests.length,
    );
  });

  it.each([
    ['AwsSolutions', new AwsSolutionsChecks()],
    ['Serverless', new ServerlessChecks()],
  ])('breaks no rule of %s', (_, pack) => {
    const { violations } = pack.validateScope(app);
    const places = violations.map(({ ruleName, violatingResources }) => [
      ruleName,
      ...violatingResources.map(({ constructPath }) => constructPath),
    ]);
    expect(places).toEqual([]);
  });
});

it('the rules bite: a queue without encryption in transit is found', () => {
  const { app, platform } = synthesise('dev');
  new Queue(platform.state, 'Careless');
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  expect(violations.map(({ ruleName }) => ruleName)).toContain('AwsSolutions-SQS4');
});

it('a stage that does not exist is refused with those that do', () => {
  expect(() => stageConfig('staging')).toThrow('no stage staging: choose one with -c stage=dev|prod|local');
  expect(() => stageConfig('toString')).toThrow('no stage toString');
});

describe('the app as the CLI runs it', () => {
  const out = mkdtempSync(join(tmpdir(), 'packet-edge-synth-'));
  let run: { status: number | null; stderr: string };
  beforeAll(() => {
    run = spawnSync(process.execPath, ['infra/app.ts'], {
      cwd: project,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        CDK_OUTDIR: out,
        CDK_CONTEXT_JSON: '{"stage":"dev"}',
      },
    });
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('synthesises with no rule broken', () => {
    expect(run.status, run.stderr).toBe(0);
  });

  it('deploys the real bundle of each family, without its source map', () => {
    const { files } = JSON.parse(readFileSync(join(out, 'PacketEdge-dev-Chat.assets.json'), 'utf8')) as {
      readonly files: Readonly<Record<string, { readonly source: { path: string; packaging: string } }>>;
    };
    const zipped = Object.values(files).filter(({ source }) => source.packaging === 'zip');
    expect(zipped).toHaveLength(1);
    const asset = join(out, zipped[0]?.source.path ?? '');
    const deployed = readdirSync(asset, { recursive: true, encoding: 'utf8' });
    expect(deployed).toContain('index.mjs');
    expect(deployed.filter((file) => file.endsWith('.map'))).toEqual([]);
    const code = deployed
      .filter((file) => file.endsWith('.mjs'))
      .map((file) => readFileSync(join(asset, file), 'utf8'));
    expect(code.join('')).toContain('CLI_NORMAL_CHAT');
  });

  it('makes the image of the ingress of its bundle, so that no change of a family replaces it, without Docker at hand', () => {
    const { dockerImages } = JSON.parse(
      readFileSync(join(out, 'PacketEdge-dev-Ingress.assets.json'), 'utf8'),
    ) as {
      readonly dockerImages: Readonly<Record<string, { readonly source: Readonly<Record<string, string>> }>>;
    };
    const {
      directory = '',
      dockerFile = 'Dockerfile',
      platform,
    } = Object.values(dockerImages)[0]?.source ?? {};
    expect(platform).toBe('linux/arm64');
    expect(readFileSync(join(out, directory, dockerFile), 'utf8')).toContain('EXPOSE 29000 9102');
    const files = readdirSync(join(out, directory)).sort();
    expect(files).toEqual(['Dockerfile', 'LICENCES.txt', 'chunks', 'main.mjs', 'package.json']);
  });
});
