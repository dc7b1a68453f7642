import { Duration } from 'aws-cdk-lib';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { ingressMetric } from '../observability/ingress-metric.ts';
import type { IngressSettings } from './ingress-settings.ts';

export interface ScalingProps {
  readonly names: Names;
  readonly service: FargateService;
  readonly settings: Pick<IngressSettings, 'copies' | 'connectionsPerCopy'>;
}

/** Adding a copy helps at once; taking one away sends its players to others, so that is done late. */
const GROW_AFTER = Duration.minutes(1);
const SHRINK_AFTER = Duration.minutes(15);
const PROCESSOR_PERCENT = 60;

/** As many copies as connections and processor ask for, whichever is more. */
export class Scaling extends Construct {
  constructor(scope: Construct, id: string, { names, service, settings }: ScalingProps) {
    super(scope, id);
    const target = service.autoScaleTaskCount({
      minCapacity: settings.copies.min,
      maxCapacity: settings.copies.max,
    });
    const cooldown = { scaleOutCooldown: GROW_AFTER, scaleInCooldown: SHRINK_AFTER };
    target.scaleOnCpuUtilization('Processor', { targetUtilizationPercent: PROCESSOR_PERCENT, ...cooldown });
    // Each copy tells its own figure once a minute, so their average is what one copy holds. That of the load balancer is told by zone.
    target.scaleToTrackCustomMetric('Connections', {
      metric: ingressMetric(names, 'Connections', 'Average'),
      targetValue: settings.connectionsPerCopy,
      ...cooldown,
    });
  }
}
