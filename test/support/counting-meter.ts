import type { Meter } from '../../ingress/operations/meter.ts';

/** A meter that keeps counts and the last values, by `name{label=value,...}`. */
export interface CountingMeter extends Meter {
  readonly counts: ReadonlyMap<string, number>;
  /** Sum of all counts of a metric whose labels hold these. */
  total(name: string, labels?: Readonly<Record<string, string>>): number;
}

export function countingMeter(): CountingMeter {
  const counts = new Map<string, number>();
  const nameOf = (name: string, labels: object) => `${name}${JSON.stringify(labels)}`;
  const add = (name: string, labels: object, by: number) => {
    const key = nameOf(name, labels);
    counts.set(key, (counts.get(key) ?? 0) + by);
  };
  return {
    counts,
    count: (name, labels, by = 1) => add(name, labels, by),
    gauge: (name, labels, value) => void counts.set(nameOf(name, labels), value),
    observe: (name, labels) => add(name, labels, 1),
    counter: (name, labels) => (by) => add(name, labels, by),
    histogram: (name, labels) => () => add(name, labels, 1),
    total(name, labels = {}) {
      let sum = 0;
      for (const [key, value] of counts) {
        if (!key.startsWith(`${name}{`)) continue;
        const found = JSON.parse(key.slice(name.length)) as Record<string, string>;
        if (Object.entries(labels).every(([label, wanted]) => found[label] === wanted)) sum += value;
      }
      return sum;
    },
  };
}
