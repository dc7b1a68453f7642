import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  type CounterName,
  type GaugeName,
  type HistogramName,
  type LabelsOf,
  METRICS,
  type Meter,
  type MetricName,
} from './meter.ts';

const PREFIX = 'packet_edge_';

/** The meter behind `/metrics`. */
export interface PrometheusMeter extends Meter {
  /** Called before each scrape: the place to set gauges. */
  onScrape(refresh: () => void): void;
  /** The text exposition of all metrics. */
  expose(): Promise<string>;
  readonly contentType: string;
}

export function createPrometheusMeter(): PrometheusMeter {
  const registry = new Registry();
  const counters = new Map<MetricName, Counter>();
  const gauges = new Map<MetricName, Gauge>();
  const histograms = new Map<MetricName, Histogram>();
  for (const [name, entry] of Object.entries(METRICS) as [MetricName, (typeof METRICS)[MetricName]][]) {
    const base = {
      name: PREFIX + name,
      help: entry.meaning,
      labelNames: [...entry.labels],
      registers: [registry],
    };
    if (entry.kind === 'counter') counters.set(name, new Counter(base));
    else if (entry.kind === 'gauge') gauges.set(name, new Gauge(base));
    else histograms.set(name, new Histogram({ ...base, buckets: [...entry.buckets] }));
  }
  const counterOf = (name: CounterName) => known(counters, name);
  const histogramOf = (name: HistogramName) => known(histograms, name);
  const refreshers: (() => void)[] = [];
  return {
    count: (name, labels, by = 1) => counterOf(name).inc(labels, by),
    gauge: (name, labels, value) => known(gauges, name).set(labels, value),
    observe: (name, labels, value) => histogramOf(name).observe(labels, value),
    counter<N extends CounterName>(name: N, labels: LabelsOf<N>) {
      const child = counterOf(name).labels(labels);
      return (by) => child.inc(by);
    },
    histogram<N extends HistogramName>(name: N, labels: LabelsOf<N>) {
      const child = histogramOf(name).labels(labels);
      return (value) => child.observe(value);
    },
    onScrape(refresh) {
      refreshers.push(refresh);
    },
    async expose() {
      for (const refresh of refreshers) refresh();
      return await registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function known<T>(map: ReadonlyMap<MetricName, T>, name: MetricName | GaugeName): T {
  const metric = map.get(name);
  if (metric === undefined) throw new TypeError(`no metric ${name}`);
  return metric;
}
