import type { Sample } from './samples.ts';

/** What CloudWatch is told of one copy of the ingress, for the time since the last scrape. */
export interface Figures {
  readonly Connections: number;
  /** Milliseconds that the slowest hundredth of all messages waited at least, by the bounds of the histogram. */
  readonly QueueDelay: number;
  /** Connections that were closed for a fault of ours. */
  readonly ConnectionDrops: number;
  /** Turns, signals and packets given up, but for positions that a newer one replaced. */
  readonly Drops: number;
  readonly Invocations: number;
  readonly FailedInvocations: number;
  readonly Throttles: number;
}

/** Units of CloudWatch. */
export const UNITS: Readonly<Record<keyof Figures, string>> = {
  Connections: 'Count',
  QueueDelay: 'Milliseconds',
  ConnectionDrops: 'Count',
  Drops: 'Count',
  Invocations: 'Count',
  FailedInvocations: 'Count',
  Throttles: 'Count',
};

/** Reasons of a close that no player and no operator is to blame for. */
export const OUR_FAULT = [
  'internal_error',
  'persist_failed',
  'queue_full',
  'send_queue_full',
  'buffers_exhausted',
  'heartbeat_lost',
];

const PREFIX = 'packet_edge_';
const HUNDREDTH = 0.99;

/** The difference of two scrapes; the first one of a process has nothing before it. */
export function figuresOf(before: readonly Sample[], now: readonly Sample[]): Figures {
  const last = new Map(before.map((sample) => [keyOf(sample), sample.value]));
  const since = (sample: Sample) => Math.max(0, sample.value - (last.get(keyOf(sample)) ?? 0));
  const sum = (name: string, wanted: (labels: Sample['labels']) => boolean = () => true) =>
    now
      .filter((sample) => sample.name === PREFIX + name && wanted(sample.labels))
      .reduce((total, sample) => total + since(sample), 0);
  const delays = now
    .filter(({ name }) => name === `${PREFIX}queue_delay_seconds_bucket`)
    .map((sample) => ({
      bound: Number(sample.labels.le?.replace('+Inf', 'Infinity')),
      count: since(sample),
    }));
  return {
    Connections: now.find(({ name }) => name === `${PREFIX}connections_active`)?.value ?? 0,
    QueueDelay: hundredth(delays) * 1000,
    ConnectionDrops: sum('connections_closed_total', ({ reason }) => OUR_FAULT.includes(reason ?? '')),
    Drops: sum('drops_total', ({ reason }) => reason !== 'replaced'),
    Invocations: sum('invocations_total'),
    FailedInvocations: sum('invocations_total', ({ outcome }) => outcome !== 'ok' && outcome !== 'throttled'),
    Throttles: sum('invocations_total', ({ outcome }) => outcome === 'throttled'),
  };
}

const keyOf = ({ name, labels }: Sample): string => `${name} ${JSON.stringify(labels)}`;

/** The upper bound in seconds of the bucket that 99 of 100 observations lie in or below; the last finite bound when they lie above it. */
function hundredth(buckets: readonly { readonly bound: number; readonly count: number }[]): number {
  const counts = new Map<number, number>();
  for (const { bound, count } of buckets) counts.set(bound, (counts.get(bound) ?? 0) + count);
  const total = counts.get(Infinity) ?? 0;
  if (total === 0) return 0;
  const bounds = [...counts.keys()].filter(Number.isFinite).sort((a, b) => a - b);
  return bounds.find((bound) => (counts.get(bound) ?? 0) >= total * HUNDREDTH) ?? bounds.at(-1) ?? 0;
}
