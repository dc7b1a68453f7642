import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { Names } from '../names.ts';
import { Bus } from './bus.ts';
import { ingressEnvironment, ingressImage } from './container.ts';
import { Front } from './front.ts';
import { IngressService } from './ingress-service.ts';
import { GAME_PORT, type IngressSettings } from './ingress-settings.ts';
import { Network } from './network.ts';
import { Scaling } from './scaling.ts';
import { createTaskRole } from './task-role.ts';

export interface IngressStackProps extends StackProps {
  readonly names: Names;
  readonly config: StageConfig;
  readonly settings: IngressSettings;
  /** Folder from which the image is built. */
  readonly imageFolder: string;
}

/** The long-running part: network, load balancer, the ingress itself, and what carries messages between its copies. */
export class IngressStack extends Stack {
  constructor(scope: Construct, id: string, props: IngressStackProps) {
    const { names, config, settings, imageFolder, ...rest } = props;
    super(scope, id, { ...rest, description: `packet-edge ${names.stage}: the ingress` });
    if (settings.copies.max > 1 && settings.bus === 'none') {
      throw new Error(`stage ${names.stage}: several copies of the ingress need a bus`);
    }
    const { vpc } = new Network(this, 'Network', {
      zones: settings.zones,
      logRetentionDays: settings.logRetentionDays,
      secrets: (settings.secrets ?? []).length > 0,
    });
    if (settings.bus === 'valkey' && vpc.availabilityZones.length < 2) {
      throw new Error(`stage ${names.stage}: ElastiCache Serverless lies in two zones at least`);
    }
    const front = new Front(this, 'Front', {
      name: `packet-edge-${names.stage}`,
      vpc,
      deletionProtection: config.state.deletionProtection,
      ...(settings.tls === undefined ? {} : { tls: settings.tls }),
    });
    const group = new SecurityGroup(this, 'ServiceGroup', { vpc, description: 'Copies of the ingress' });
    const bus =
      settings.bus === 'valkey'
        ? new Bus(this, 'Bus', { name: `packet-edge-${names.stage}`, vpc, clients: group })
        : undefined;
    const surroundings = { names, region: this.region, front };
    const { service } = new IngressService(this, 'Ingress', {
      names,
      settings,
      vpc,
      front,
      group,
      secretsRevision: config.secretsRevision ?? 1,
      taskRole: createTaskRole(this, 'TaskRole', names),
      image: ingressImage(this, settings, imageFolder),
      environment: ingressEnvironment(
        bus === undefined ? surroundings : { ...surroundings, busUrl: bus.url },
        config.settings,
        settings,
      ),
    });
    new Scaling(this, 'Scaling', { names, service, settings });
    new CfnOutput(this, 'PublicAddress', {
      value: front.publicAddresses.map((address) => `${address}:${GAME_PORT}`).join(' '),
      description: 'Where game clients connect: one address in each zone',
    });
  }
}
