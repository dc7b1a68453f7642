import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Manifest } from '../../shared/contract/index.ts';
import type { StageConfig } from '../config.ts';
import type { Names } from '../names.ts';
import { notify } from '../observability/alarm-topic.ts';
import { Canary } from './canary.ts';
import { FamilyAlarms } from './family-alarms.ts';
import { FamilyFunction } from './family-function.ts';
import type { FamilySettings } from './family-settings.ts';
import { RouteEntry } from './route-entry.ts';

export interface FamilyStackProps extends StackProps {
  readonly names: Names;
  readonly config: StageConfig;
  readonly manifest: Manifest;
  /** Folder that holds `index.mjs`. */
  readonly bundle: string;
}

/** One family, deployed alone: its function behind the `live` alias, what watches a new version, and its entry in the route registry. */
export class FamilyStack extends Stack {
  constructor(scope: Construct, id: string, { names, config, manifest, bundle, ...props }: FamilyStackProps) {
    super(scope, id, { ...props, description: `packet-edge ${names.stage}: family ${manifest.name}` });
    const settings: FamilySettings = { ...config.family, ...config.families?.[manifest.name] };
    const { alias, version, logGroup } = new FamilyFunction(this, 'Function', {
      names,
      manifest,
      bundle,
      settings,
      environment: config.settings,
      secrets: config.secrets ?? [],
      ...(config.secretsRevision === undefined ? {} : { secretsRevision: config.secretsRevision }),
    });
    const { alarms } = new FamilyAlarms(this, 'Alarms', {
      names,
      manifest,
      settings,
      version,
      logGroup,
    });
    if (config.alarmEmail !== undefined) notify(this, names, alarms, 'alarm');
    if (settings.traffic !== 'by-hand') {
      new Canary(this, 'Canary', {
        name: names.functionName(manifest.name),
        traffic: settings.traffic,
        alias,
        alarms,
      });
    }
    const entry = new RouteEntry(this, 'Route', {
      parameterName: names.routeEntry(manifest.name),
      functionName: names.functionName(manifest.name),
      version: version.version,
    });
    // Ingresses read it as soon as it is there: by then the alias must answer.
    entry.node.addDependency(alias);
  }
}
