/** One sample of `/metrics`. */
interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** `/metrics`, read. */
export class Metrics {
  readonly #samples = new Map<string, Sample[]>();

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const match = /^packet_edge_([a-z0-9_]+?)(?:\{(.*)\})? (\S+)$/.exec(line);
      if (match?.[1] === undefined) continue;
      const labels = [...(match[2] ?? '').matchAll(/(\w+)="([^"]*)"/g)].map((pair) => [pair[1], pair[2]]);
      const list = this.#samples.get(match[1]) ?? [];
      list.push({ labels: Object.fromEntries(labels) as Record<string, string>, value: Number(match[3]) });
      this.#samples.set(match[1], list);
    }
  }

  /** The sum of a metric over the samples that are chosen. */
  total(name: string, chosen: (labels: Readonly<Record<string, string>>) => boolean = () => true): number {
    const samples = this.#samples.get(name) ?? [];
    return samples.filter(({ labels }) => chosen(labels)).reduce((sum, { value }) => sum + value, 0);
  }

  /** By the values of two labels, `first second`. */
  by(name: string, first: string, second: string): Map<string, number> {
    const found = new Map<string, number>();
    for (const { labels, value } of this.#samples.get(name) ?? [])
      if (value > 0) found.set(`${labels[first]} ${labels[second]}`, value);
    return found;
  }
}
