import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Version } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Manifest } from '../../shared/contract/index.ts';
import { LIVE_ALIAS, type Names } from '../names.ts';
import { FailureMetric } from './failure-metric.ts';
import type { FamilySettings } from './family-settings.ts';

export interface FamilyAlarmsProps {
  readonly names: Names;
  readonly manifest: Manifest;
  readonly settings: FamilySettings;
  readonly version: Version;
  readonly logGroup: ILogGroup;
}

/** Part of the function's time-out above which its slowest hundredth is an alarm. */
const SLOW = 0.8;

/** What takes a new version back: its own crashes, failures and slowness, whatever the old one does beside it. */
export class FamilyAlarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: FamilyAlarmsProps) {
    super(scope, id);
    const { names, manifest, settings, version, logGroup } = props;
    const name = names.functionName(manifest.name);
    const failures = new FailureMetric(this, 'FailureMetric', { names, family: manifest.name, logGroup });
    const ofVersion = (metricName: string, statistic: string) =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        dimensionsMap: {
          FunctionName: name,
          Resource: `${name}:${LIVE_ALIAS}`,
          ExecutedVersion: version.version,
        },
        statistic,
        period: Duration.minutes(1),
      });
    const alarm = (kind: string, metric: IMetric, threshold: number, minutes: number, meaning: string) =>
      new Alarm(this, kind, {
        // A new alarm for each version: one that went off for the old version would stop the deployment that mends it.
        alarmName: `${name}-${kind.toLowerCase()}-${version.version}`,
        alarmDescription: meaning,
        metric,
        threshold,
        evaluationPeriods: minutes,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    const { failuresAMinute } = settings;
    this.alarms = [
      alarm(
        'Errors',
        ofVersion('Errors', 'Sum'),
        1,
        1,
        `The version deployed last crashes or times out. Players get failure replies.`,
      ),
      alarm(
        'Failures',
        failures.of(version.version),
        failuresAMinute,
        1,
        `Handlers of the version deployed last fail, ${failuresAMinute} times a minute or more.`,
      ),
      alarm(
        'Slow',
        ofVersion('Duration', 'p99'),
        manifest.timeout * SLOW,
        3,
        `One invocation in a hundred of the version deployed last takes more than ${SLOW * 100} % of the time-out.`,
      ),
    ];
  }
}
