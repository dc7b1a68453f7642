import type { Meter, MetricName } from '../../operations/meter.ts';

type Labels = Readonly<Record<string, string>>;

/** A meter that remembers, and the sum of a metric over the labels that match. */
export function countingMeter(): { meter: Meter; count: (name: MetricName, labels?: Labels) => number } {
  const values = new Map<string, { name: string; labels: Labels; value: number }>();
  function at(name: string, labels: Labels): { value: number } {
    const key = `${name} ${JSON.stringify(labels)}`;
    const known = values.get(key) ?? { name, labels, value: 0 };
    values.set(key, known);
    return known;
  }
  function add(name: string, labels: Labels, by: number): void {
    at(name, labels).value += by;
  }
  return {
    meter: {
      count: (name, labels, by = 1) => add(name, labels, by),
      gauge(name, labels, value) {
        at(name, labels).value = value;
      },
      observe: (name, labels, value) => add(name, labels, value),
      counter: (name, labels) => (by) => add(name, labels, by),
      histogram: (name, labels) => (value) => add(name, labels, value),
    },
    count(name, labels = {}) {
      let sum = 0;
      for (const entry of values.values()) {
        if (entry.name !== name) continue;
        if (Object.entries(labels).every(([label, value]) => entry.labels[label] === value))
          sum += entry.value;
      }
      return sum;
    },
  };
}
