import { METRICS, type MetricEntry } from '../../ingress/operations/meter.ts';
import { GENERATED, table } from '../docs/markdown.ts';

/** `docs/metrics.md` from the catalogue of metrics. */
export function generate() {
  const rows = (Object.entries(METRICS) as [string, MetricEntry][]).map(([name, entry]) => [
    `\`packet_edge_${name}\``,
    entry.kind,
    entry.labels.map((label) => `\`${label}\``).join(', '),
    entry.meaning,
    entry.use,
  ]);
  const text = `${GENERATED}

# Metrics

Served as \`/metrics\` on \`PACKET_METRICS_PORT\` in the Prometheus text format. Durations are in seconds.

${table(['metric', 'kind', 'labels', 'meaning', 'use'], rows)}
`;
  return [{ path: 'docs/metrics.md', text }];
}
