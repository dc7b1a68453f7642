/** Figures of one invocation. */
export interface InvocationFigures {
  readonly turns: number;
  /** Messages whose handler failed. */
  readonly failures: number;
  /** Milliseconds. */
  readonly duration: number;
}

const METRICS = [
  { Name: 'Turns', Unit: 'Count' },
  { Name: 'Failures', Unit: 'Count' },
  { Name: 'Duration', Unit: 'Milliseconds' },
] as const;

/**
 * One line in CloudWatch's embedded metric format: printed to the log, it becomes metrics of the namespace `PacketEdge` by family.
 * @param properties further fields to search the line by, such as the request id
 * @param timestamp milliseconds since 1970
 */
export function metricLine(
  family: string,
  figures: InvocationFigures,
  properties: object,
  timestamp: number,
): object {
  return {
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: 'PacketEdge', Dimensions: [['family']], Metrics: METRICS }],
    },
    ...properties,
    family,
    Turns: figures.turns,
    Failures: figures.failures,
    Duration: figures.duration,
  };
}
