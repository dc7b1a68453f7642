import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
        CDK_CONTEXT_JSON: '{"stage":"dev","image":"packet-edge:1"}',
      },
    });
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('synthesises with no rule broken', () => {
    expect(run.status, run.stderr).toBe(0);
    const report = join(out, 'policy-validation-report.json');
    if (existsSync(report)) expect(readFileSync(report, 'utf8')).not.toContain('"status": "failure"');
  });

  it('deploys the real bundle of each family, without its source map', () => {
    const template = JSON.parse(readFileSync(join(out, 'PacketEdge-dev-Chat.template.json'), 'utf8'));
    const functions = Object.values<{ Type: string; Metadata?: Record<string, string> }>(
      template.Resources,
    ).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    const asset = join(out, functions[0]?.Metadata?.['aws:asset:path'] ?? '');
    expect(readdirSync(asset)).toEqual(['index.mjs']);
    expect(readFileSync(join(asset, 'index.mjs'), 'utf8')).toContain('CLI_NORMAL_CHAT');
  });
});
