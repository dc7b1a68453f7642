import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';

const NAME = 'Failures';

export interface FailureMetricProps {
  readonly names: Names;
  readonly family: string;
  readonly logGroup: ILogGroup;
}

/**
 * Handlers that failed, counted out of the function's metric lines by version. Lambda itself sees no error there: a failed handler spoils its
 * own message only, and the invocation answers.
 */
export class FailureMetric extends Construct {
  readonly #props: FailureMetricProps;

  constructor(scope: Construct, id: string, props: FailureMetricProps) {
    super(scope, id);
    this.#props = props;
    new MetricFilter(this, 'Filter', {
      logGroup: props.logGroup,
      filterPattern: FilterPattern.numberValue(`$.${NAME}`, '>', 0),
      metricNamespace: props.names.metrics,
      metricName: NAME,
      metricValue: `$.${NAME}`,
      dimensions: { family: '$.family', version: '$.version' },
    });
  }

  /** Failures of one version in a minute. */
  of(version: string): Metric {
    const { names, family } = this.#props;
    return new Metric({
      namespace: names.metrics,
      metricName: NAME,
      dimensionsMap: { family, version },
      statistic: 'Sum',
      period: Duration.minutes(1),
    });
  }
}
