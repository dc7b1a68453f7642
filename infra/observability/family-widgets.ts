import { Duration } from 'aws-cdk-lib';
import { GraphWidget, type IWidget, MathExpression, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Manifest } from '../../shared/contract/index.ts';
import { LIVE_ALIAS, type Names } from '../names.ts';

const PERIOD = Duration.minutes(1);

/** A figure of the alias of a family's function. */
export function familyMetric(
  names: Names,
  family: string,
  metricName: string,
  statistic: string,
  label?: string,
): Metric {
  const name = names.functionName(family);
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: name, Resource: `${name}:${LIVE_ALIAS}` },
    statistic,
    period: PERIOD,
    ...(label === undefined ? {} : { label }),
  });
}

/** A row of the dashboard for one family. */
export function familyWidgets(names: Names, { name, timeout }: Manifest): IWidget[] {
  const metric = (metricName: string, statistic: string, label?: string) =>
    familyMetric(names, name, metricName, statistic, label);
  const failures = new MathExpression({
    expression: `SEARCH('{"${names.metrics}",family,version} family="${name}" MetricName="Failures"', 'Sum', 60)`,
    usingMetrics: {},
    label: 'Failed handlers, version',
    period: PERIOD,
  });
  return [
    new TextWidget({ markdown: `## ${name}`, width: 24, height: 1 }),
    new GraphWidget({
      title: 'Invocations, throttles',
      left: [metric('Invocations', 'Sum'), metric('Throttles', 'Sum')],
      width: 6,
    }),
    new GraphWidget({
      title: 'Errors, failed handlers',
      left: [metric('Errors', 'Sum'), failures],
      width: 6,
    }),
    new GraphWidget({
      title: 'Duration (ms)',
      left: [metric('Duration', 'p50', 'p50'), metric('Duration', 'p99', 'p99')],
      leftAnnotations: [{ value: timeout, label: 'time-out' }],
      width: 6,
    }),
    new GraphWidget({ title: 'At a time', left: [metric('ConcurrentExecutions', 'Maximum')], width: 6 }),
  ];
}
