import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Manifest } from '../../shared/contract/index.ts';
import type { Names } from '../names.ts';
import { familyMetric } from './family-widgets.ts';
import { ingressMetric } from './ingress-metric.ts';

export interface PlatformAlarmsProps {
  readonly names: Names;
  readonly manifests: readonly Manifest[];
  /** Whether the stage's ingress runs on AWS. */
  readonly ingress: boolean;
}

/** Milliseconds that a message may wait: a player feels more. */
const QUEUE_DELAY = 250;
/** Per cent of invocations. */
const FAILED_INVOCATIONS = 1;
const CONNECTION_DROPS = 10;

/** Alarms that belong to no one deployment: throttling and errors of each family, and what the ingress says of all of them. */
export class PlatformAlarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, { names, manifests, ingress }: PlatformAlarmsProps) {
    super(scope, id);
    const alarm = (kind: string, metric: IMetric, threshold: number, minutes: number, meaning: string) =>
      new Alarm(this, kind, {
        alarmName: `packet-edge-${names.stage}-${kind.toLowerCase()}`,
        alarmDescription: meaning,
        metric,
        threshold,
        evaluationPeriods: minutes,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    const throttles = manifests.map(({ name }) =>
      alarm(
        `Throttles-${name}`,
        familyMetric(names, name, 'Throttles', 'Sum'),
        0,
        3,
        `Invocations of ${name} are refused for load: raise its concurrency. They are tried again, so players wait.`,
      ),
    );
    // A deployment is watched by the errors of its own version; this one is for the time between deployments.
    const errors = manifests.map(({ name }) =>
      alarm(
        `Errors-${name}`,
        familyMetric(names, name, 'Errors', 'Sum'),
        0,
        3,
        `Invocations of ${name} crash or time out, minute after minute. Players get failure replies.`,
      ),
    );
    const failed = new MathExpression({
      // A minute without invocations has no value, which is no alarm.
      expression: '100 * failed / all',
      usingMetrics: {
        failed: ingressMetric(names, 'FailedInvocations', 'Sum'),
        all: ingressMetric(names, 'Invocations', 'Sum'),
      },
      label: 'Failed invocations (%)',
      period: Duration.minutes(1),
    });
    this.alarms = [
      ...throttles,
      ...errors,
      ...(ingress
        ? [
            alarm(
              'FailedInvocations',
              failed,
              FAILED_INVOCATIONS,
              3,
              'More than one invocation in a hundred fails.',
            ),
            alarm(
              'QueueDelay',
              ingressMetric(names, 'QueueDelay', 'Maximum'),
              QUEUE_DELAY,
              3,
              'Messages wait too long for their invocation: a family is too slow, or has too few invocations in flight.',
            ),
            alarm(
              'ConnectionDrops',
              ingressMetric(names, 'ConnectionDrops', 'Sum'),
              CONNECTION_DROPS,
              3,
              'Players lose their connection for a fault of ours; connections_closed_total of /metrics has the reasons.',
            ),
          ]
        : []),
    ];
  }
}
