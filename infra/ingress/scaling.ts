import { Duration } from 'aws-cdk-lib';
import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { Front } from './front.ts';
import type { IngressSettings } from './ingress-settings.ts';

export interface ScalingProps {
  readonly service: FargateService;
  readonly front: Front;
  readonly settings: Pick<IngressSettings, 'copies' | 'connectionsPerCopy'>;
}

/** Adding a copy helps at once; taking one away sends its players to others, so that is done late. */
const GROW_AFTER = Duration.minutes(1);
const SHRINK_AFTER = Duration.minutes(15);
const PROCESSOR_PERCENT = 60;

/** As many copies as connections and processor ask for, whichever is more. */
export class Scaling extends Construct {
  constructor(scope: Construct, id: string, { service, front, settings }: ScalingProps) {
    super(scope, id);
    const target = service.autoScaleTaskCount({
      minCapacity: settings.copies.min,
      maxCapacity: settings.copies.max,
    });
    target.scaleOnCpuUtilization('Processor', {
      targetUtilizationPercent: PROCESSOR_PERCENT,
      scaleOutCooldown: GROW_AFTER,
      scaleInCooldown: SHRINK_AFTER,
    });
    const balancer = { name: 'LoadBalancer', value: front.balancer.loadBalancerFullName };
    const stat = (metricName: string, dimensions: { name: string; value: string }[]) => ({
      metric: { namespace: 'AWS/NetworkELB', metricName, dimensions },
      stat: 'Average',
    });
    const policy = new CfnScalingPolicy(this, 'Connections', {
      policyName: 'connections',
      policyType: 'TargetTrackingScaling',
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${service.cluster.clusterName}/${service.serviceName}`,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: settings.connectionsPerCopy,
        scaleOutCooldown: GROW_AFTER.toSeconds(),
        scaleInCooldown: SHRINK_AFTER.toSeconds(),
        customizedMetricSpecification: {
          metrics: [
            { id: 'connections', metricStat: stat('ActiveFlowCount', [balancer]), returnData: false },
            {
              id: 'copies',
              metricStat: stat('HealthyHostCount', [
                balancer,
                { name: 'TargetGroup', value: front.targets.targetGroupFullName },
              ]),
              returnData: false,
            },
            {
              id: 'each',
              expression: 'connections / copies',
              label: 'Connections of one copy',
              returnData: true,
            },
          ],
        },
      },
    });
    policy.node.addDependency(target);
  }
}
