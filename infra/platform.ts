import { type App, Tags } from 'aws-cdk-lib';
import type { Manifest } from '../shared/contract/index.ts';
import { type StageConfig, stageConfig } from './config.ts';
import { FamilyStack } from './family/family-stack.ts';
import { IngressStack } from './ingress/ingress-stack.ts';
import { namesOf } from './names.ts';
import { ObservabilityStack } from './observability/observability-stack.ts';
import { StateStack } from './state/state-stack.ts';

export interface PlatformProps {
  readonly stage: string;
  /** @default that of the stage in config.ts */
  readonly config?: StageConfig;
  readonly manifests: readonly Manifest[];
  /** Folder with the bundle of a family. */
  readonly bundleOf: (family: string) => string;
  /** Folder from which the image of the ingress is built, unless the stage names one. */
  readonly imageFolder: string;
}

/** All stacks of one stage. */
export interface Platform {
  readonly state: StateStack;
  readonly families: ReadonlyMap<string, FamilyStack>;
  readonly ingress?: IngressStack;
  readonly observability: ObservabilityStack;
}

/** Puts the stacks of one stage into an app. None refers to another, so each can be deployed alone; the state stack comes first once. */
export function addPlatform(app: App, props: PlatformProps): Platform {
  const { stage, manifests, bundleOf, imageFolder, config = stageConfig(stage) } = props;
  const names = namesOf(stage);
  const env = config.region === undefined ? {} : { env: { region: config.region } };
  const common = { names, config, ...env };
  const state = new StateStack(app, names.stack('state'), common);
  const families = new Map(
    manifests.map((manifest) => [
      manifest.name,
      new FamilyStack(app, names.stack(manifest.name), {
        ...common,
        manifest,
        bundle: bundleOf(manifest.name),
      }),
    ]),
  );
  const { ingress: settings } = config;
  const ingress =
    settings === undefined
      ? undefined
      : new IngressStack(app, names.stack('ingress'), { ...common, settings, imageFolder });
  const observability = new ObservabilityStack(app, names.stack('observability'), { ...common, manifests });
  Tags.of(app).add('project', 'packet-edge');
  Tags.of(app).add('stage', stage);
  return { state, families, observability, ...(ingress === undefined ? {} : { ingress }) };
}
