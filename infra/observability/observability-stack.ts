import { Stack, type StackProps } from 'aws-cdk-lib';
import { Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Manifest } from '../../shared/contract/index.ts';
import type { StageConfig } from '../config.ts';
import type { Names } from '../names.ts';
import { notify, topicName } from './alarm-topic.ts';
import { familyWidgets } from './family-widgets.ts';
import { ingressWidgets } from './ingress-widgets.ts';
import { PlatformAlarms } from './platform-alarms.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly names: Names;
  readonly config: StageConfig;
  readonly manifests: readonly Manifest[];
}

/** What people look at, and what calls them. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { names, config, manifests, ...props }: ObservabilityStackProps) {
    super(scope, id, { ...props, description: `packet-edge ${names.stage}: dashboard and alarms` });
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: `packet-edge-${names.stage}`,
      periodOverride: PeriodOverride.INHERIT,
    });
    if (config.ingress !== undefined) dashboard.addWidgets(...ingressWidgets(names));
    for (const manifest of manifests) dashboard.addWidgets(...familyWidgets(names, manifest));
    const ingress = config.ingress !== undefined;
    const { alarms } = new PlatformAlarms(this, 'Alarms', { names, manifests, ingress });
    if (config.alarmEmail === undefined) return;
    const topic = new Topic(this, 'Topic', { topicName: topicName(names), enforceSSL: true });
    topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    topic.addSubscription(new EmailSubscription(config.alarmEmail));
    notify(this, names, alarms, 'alarm-and-end');
  }
}
