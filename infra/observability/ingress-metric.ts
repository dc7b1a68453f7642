import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Figures } from '../ingress/relay/figures.ts';
import type { Names } from '../names.ts';

/** A figure that the relay beside the ingress prints, over all copies. */
export const ingressMetric = (
  names: Names,
  figure: keyof Figures,
  statistic: 'Sum' | 'Maximum' | 'Average',
): Metric =>
  new Metric({
    namespace: names.metrics,
    metricName: figure,
    statistic,
    period: Duration.minutes(1),
  });
