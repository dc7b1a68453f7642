import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type StageConfig, stageConfig } from '../../infra/config.ts';
import { namesOf } from '../../infra/names.ts';
import { addPlatform, type Platform } from '../../infra/platform.ts';
import type { Manifest } from '../../shared/contract/index.ts';
import { manifestOf } from '../support/manifest.ts';

const fixture = join(import.meta.dirname, 'fixture');
/** What the CLI tells the app: its feature flags change templates. */
const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8')) as {
  readonly context: Readonly<Record<string, unknown>>;
};

/** Two families: one that only talks, one that writes and reads much. */
export const MANIFESTS = [
  manifestOf('chat', {
    tables: { characters: { 'name#*': ['read'] } },
    settings: ['AWS_REGION', 'TABLE_PREFIX'],
  }),
  manifestOf('war-band', {
    timeout: 5000,
    memory: 512,
    tables: {
      characters: { 'character#*': ['read', 'write'], 'name#*': ['read'] },
      world: { 'war-band#*': ['write'] },
    },
    settings: ['TABLE_PREFIX', 'DYNAMODB_ENDPOINT', 'TOKEN_SECRET', 'LOGIN_ERRORS', 'MAX_PLAYERS'],
  }),
];

export interface Synthesised {
  readonly app: App;
  readonly platform: Platform;
  /** The template of a stack by its part of the name, such as `chat`. */
  template(part: string): Template;
}

/** Puts the stacks of a stage together, with a made-up bundle and image, so that nothing is built. */
export function synthesise(
  stage: string,
  change: (config: StageConfig) => StageConfig = (config) => config,
  manifests: readonly Manifest[] = MANIFESTS,
): Synthesised {
  const app = new App({ analyticsReporting: false, context });
  const config = change(stageConfig(stage));
  const { ingress } = config;
  const platform = addPlatform(app, {
    stage,
    config:
      ingress === undefined
        ? config
        : { ...config, ingress: { ...ingress, image: { repository: 'packet-edge', tag: '1' } } },
    manifests,
    bundleOf: () => fixture,
    imageFolder: fixture,
  });
  const names = namesOf(stage);
  return {
    app,
    platform,
    template: (part) => {
      const stack = [
        platform.state,
        platform.ingress,
        platform.observability,
        ...platform.families.values(),
      ].find((each) => each?.stackName === names.stack(part));
      if (stack === undefined) throw new Error(`no stack ${names.stack(part)}`);
      return Template.fromStack(stack);
    },
  };
}

/** Every statement of every policy in a template. */
export function statementsOf(template: Template): {
  Action: string | string[];
  Resource: unknown;
  Effect: string;
  Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  return policies.flatMap((policy) => policy.Properties.PolicyDocument.Statement);
}

/** The only resource of a type: its logical id and its properties. */
export function only(template: Template, type: string): { id: string; resource: Resource } {
  const found = Object.entries(template.findResources(type));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} resources of ${type}`);
  return { id: first[0], resource: first[1] as Resource };
}

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly UpdatePolicy?: unknown;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}
