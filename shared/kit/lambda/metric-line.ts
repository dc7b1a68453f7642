/** Figures of one invocation. */
export interface InvocationFigures {
  readonly turns: number;
  /** Messages whose handler failed. */
  readonly failures: number;
  /** Milliseconds. */
  readonly duration: number;
}

/** Fields beside the figures, to search and to tell apart by. */
export interface MetricProperties {
  readonly function: string;
  readonly family?: string;
  readonly version?: string | undefined;
}

const METRICS = [
  { Name: 'Turns', Unit: 'Count' },
  { Name: 'Failures', Unit: 'Count' },
  { Name: 'Duration', Unit: 'Milliseconds' },
] as const;

/**
 * One line in CloudWatch's embedded metric format: printed to the log, it becomes metrics of the namespace `PacketEdge` by function.
 * @param figures of at most 100 invocations, the most values that the format has room for; their failures are told as one sum, which a
 * metric filter can read
 * @param timestamp milliseconds since 1970
 */
export function metricLine(
  figures: readonly InvocationFigures[],
  properties: MetricProperties,
  timestamp: number,
): object {
  return {
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: 'PacketEdge', Dimensions: [['function']], Metrics: METRICS }],
    },
    ...properties,
    Turns: figures.map(({ turns }) => turns),
    Failures: figures.reduce((sum, { failures }) => sum + failures, 0),
    Duration: figures.map(({ duration }) => Math.round(duration * 100) / 100),
  };
}
