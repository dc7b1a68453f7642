import { Duration } from 'aws-cdk-lib';
import { GraphWidget, type IWidget, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Names } from '../names.ts';
import { ingressMetric } from './ingress-metric.ts';

/** Rows of the dashboard for the ingress. */
export function ingressWidgets(names: Names): IWidget[] {
  const service = (metricName: string) =>
    new Metric({
      namespace: 'AWS/ECS',
      metricName,
      dimensionsMap: {
        ClusterName: `packet-edge-${names.stage}`,
        ServiceName: `packet-edge-${names.stage}-ingress`,
      },
      statistic: 'Maximum',
      period: Duration.minutes(1),
      label: metricName,
    });
  return [
    new TextWidget({ markdown: '## ingress', width: 24, height: 1 }),
    new GraphWidget({ title: 'Connections', left: [ingressMetric(names, 'Connections', 'Sum')], width: 6 }),
    new GraphWidget({
      title: 'Queue delay, slowest hundredth (ms)',
      left: [ingressMetric(names, 'QueueDelay', 'Maximum')],
      width: 6,
    }),
    new GraphWidget({
      title: 'Given up',
      left: [ingressMetric(names, 'ConnectionDrops', 'Sum'), ingressMetric(names, 'Drops', 'Sum')],
      width: 6,
    }),
    new GraphWidget({
      title: 'Processor, memory (%)',
      left: [service('CPUUtilization'), service('MemoryUtilization')],
      width: 6,
    }),
  ];
}
