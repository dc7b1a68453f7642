/**
 * The closed catalogue of metrics. Names are those of `/metrics`, prefixed `packet_edge_`; `docs/metrics.md` comes from here.
 */
export interface MetricEntry {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  /** What is counted, with its unit. */
  readonly meaning: string;
  /** What an operator does with it. */
  readonly use: string;
  /** Bucket bounds of a histogram. */
  readonly buckets?: readonly number[];
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export const METRICS = {
  connections_active: {
    kind: 'gauge',
    labels: [],
    meaning: 'Open client connections.',
    use: 'Load; scale on it.',
  },
  connections_opened_total: {
    kind: 'counter',
    labels: [],
    meaning: 'Client connections accepted.',
    use: 'Rate of arrivals.',
  },
  connections_closed_total: {
    kind: 'counter',
    labels: ['reason'],
    meaning: 'Client connections closed, by reason (docs/errors.md).',
    use: 'A rise in one reason names the fault.',
  },
  connections_refused_total: {
    kind: 'counter',
    labels: ['reason'],
    meaning: 'Connections refused before they began.',
    use: 'Raise limits or add copies.',
  },
  actors_active: { kind: 'gauge', labels: [], meaning: 'Running actors.', use: 'Load of the world.' },
  packets_received_total: {
    kind: 'counter',
    labels: ['family', 'type'],
    meaning: 'Packets received, by family and packet name.',
    use: 'Traffic mix.',
  },
  packets_sent_total: {
    kind: 'counter',
    labels: ['family', 'type'],
    meaning: 'Packets sent, by family and packet name.',
    use: 'Traffic mix; fan-out.',
  },
  bytes_received_total: {
    kind: 'counter',
    labels: ['family', 'type'],
    meaning: 'Bytes received in frames.',
    use: 'Bandwidth.',
  },
  bytes_sent_total: {
    kind: 'counter',
    labels: ['family', 'type'],
    meaning: 'Bytes sent in frames.',
    use: 'Bandwidth.',
  },
  bad_frames_total: {
    kind: 'counter',
    labels: ['reason'],
    meaning: 'Frames that closed their connection, by reason.',
    use: 'Hostile or wrong clients.',
  },
  processing_seconds: {
    kind: 'histogram',
    labels: ['family'],
    buckets: SECONDS,
    meaning: 'Seconds from a frame read to its replies written.',
    use: 'What a player feels, without the network.',
  },
  queue_delay_seconds: {
    kind: 'histogram',
    labels: ['family'],
    buckets: SECONDS,
    meaning: 'Seconds that a message waited before its invocation began.',
    use: 'Above 50 ms: more invocations in flight, or faster handlers.',
  },
  invocations_total: {
    kind: 'counter',
    labels: ['family', 'outcome'],
    meaning: 'Invocations by outcome (ok, throttled, failed, timeout, bad_result).',
    use: 'Error rate and cost.',
  },
  invocation_seconds: {
    kind: 'histogram',
    labels: ['family'],
    buckets: SECONDS,
    meaning: 'Seconds that an invocation took.',
    use: 'Slow families.',
  },
  invocations_in_flight: {
    kind: 'gauge',
    labels: ['family'],
    meaning: 'Invocations under way.',
    use: 'At maxInFlight all the time: the family is the bottleneck.',
  },
  batch_size: {
    kind: 'histogram',
    labels: ['family'],
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    meaning: 'Turns in one invocation.',
    use: 'Cost: larger is cheaper.',
  },
  refusals_total: {
    kind: 'counter',
    labels: ['family', 'reason'],
    meaning: 'Messages refused, by reason.',
    use: 'Wrong clients, or a rule that bites too often.',
  },
  drops_total: {
    kind: 'counter',
    labels: ['what', 'reason'],
    meaning: 'Things given up: turns, signals, replaceable packets.',
    use: 'Should stay near zero but for replaceable packets.',
  },
  reads_paused_total: {
    kind: 'counter',
    labels: ['reason'],
    meaning: 'Times that reading of a connection was paused (rate, queue).',
    use: 'Back-pressure at work.',
  },
  pool_buffers: {
    kind: 'gauge',
    labels: ['state'],
    meaning: 'Buffers of the pool, by state (free, used).',
    use: 'Size of BUFFER_POOL_SIZE.',
  },
  pool_requests_total: {
    kind: 'counter',
    labels: ['outcome'],
    meaning: 'Requests to the buffer pool (hit, miss, exhausted).',
    use: 'Misses: raise BUFFER_POOL_SIZE.',
  },
  state_writes_total: {
    kind: 'counter',
    labels: ['class', 'outcome'],
    meaning: 'Writes of sections, by class and outcome.',
    use: 'Cost; durable writes per 1,000 packets.',
  },
  state_write_seconds: {
    kind: 'histogram',
    labels: [],
    buckets: SECONDS,
    meaning: 'Seconds of one state write with its retries.',
    use: 'Health of the database.',
  },
  ownership_total: {
    kind: 'counter',
    labels: ['outcome'],
    meaning: 'Characters taken over, released, lost, denied.',
    use: 'Lost ones should be rare.',
  },
  heartbeat_age_seconds: {
    kind: 'gauge',
    labels: [],
    meaning: 'Seconds since this ingress last renewed its heartbeat.',
    use: 'Above 10: the database is in trouble.',
  },
  deliveries_total: {
    kind: 'counter',
    labels: ['kind'],
    meaning: 'Packets handed to connections by fan-out (broadcast, appear, vanish, replaced, thinned).',
    use: 'Cost of crowds.',
  },
  topic_members: {
    kind: 'gauge',
    labels: [],
    meaning: 'Watches of topics held by connections here.',
    use: 'Size of interest management.',
  },
  signals_total: {
    kind: 'counter',
    labels: ['outcome'],
    meaning: 'Signals (taken, duplicate, undeliverable, hops).',
    use: 'Undeliverable ones: targets that left.',
  },
  bus_up: {
    kind: 'gauge',
    labels: [],
    meaning: 'Whether the bus to other copies of the ingress is up (1) or down (0); only with BUS_URL.',
    use: 'Alarm on 0: players of different copies do not see each other.',
  },
  bus_messages_total: {
    kind: 'counter',
    labels: ['direction'],
    meaning: 'Messages between copies of the ingress, by direction (sent, received).',
    use: 'Load of the bus; what fan-out over copies costs.',
  },
  event_loop_lag_seconds: {
    kind: 'gauge',
    labels: ['quantile'],
    meaning: 'Event loop lag of the last interval.',
    use: 'Above 50 ms: this ingress is overloaded.',
  },
  routes: {
    kind: 'gauge',
    labels: [],
    meaning: 'Packets with a family in the route table.',
    use: 'Check after a deployment.',
  },
  route_updates_total: {
    kind: 'counter',
    labels: ['outcome'],
    meaning:
      'Changes of the route table (applied, removed, refused) and looks at a registry that did not answer (unreachable).',
    use: 'Refused: a deployment is broken and the last good one stays.',
  },
} as const satisfies Record<string, MetricEntry>;

export type MetricName = keyof typeof METRICS;
type NamesOf<K extends MetricEntry['kind']> = {
  [N in MetricName]: (typeof METRICS)[N]['kind'] extends K ? N : never;
}[MetricName];
export type CounterName = NamesOf<'counter'>;
export type GaugeName = NamesOf<'gauge'>;
export type HistogramName = NamesOf<'histogram'>;
/** Exactly the labels of the metric, in the catalogue's order. */
export type LabelsOf<N extends MetricName> = Readonly<Record<(typeof METRICS)[N]['labels'][number], string>>;

/** What the parts of the ingress count with. The calls are cheap enough for the way of a packet; hold on to bound handles there. */
export interface Meter {
  count<N extends CounterName>(name: N, labels: LabelsOf<N>, by?: number): void;
  gauge<N extends GaugeName>(name: N, labels: LabelsOf<N>, value: number): void;
  observe<N extends HistogramName>(name: N, labels: LabelsOf<N>, value: number): void;
  /** Bound to its labels once. */
  counter<N extends CounterName>(name: N, labels: LabelsOf<N>): (by: number) => void;
  histogram<N extends HistogramName>(name: N, labels: LabelsOf<N>): (value: number) => void;
}
