import { type InvocationFigures, type MetricProperties, metricLine } from './metric-line.ts';

/** Milliseconds between lines. */
const EVERY = 10_000;
/** Values that one line has room for. */
const MOST = 100;

/**
 * Gathers the figures of invocations in one environment and prints them together: a line for each would cost as much as the invocation. The
 * first one is printed at once, and so is one with a failure, since alarms wait for it. What is gathered when an environment
 * ends is lost: some seconds of figures, of no failure.
 * @returns takes the figures of one invocation
 */
export function invocationMetrics(
  properties: MetricProperties,
  print: (line: string) => void,
  now: () => number = Date.now,
): (figures: InvocationFigures) => void {
  let gathered: InvocationFigures[] = [];
  let last = -Infinity;
  return (figures) => {
    gathered.push(figures);
    const time = now();
    if (figures.failures === 0 && gathered.length < MOST && time - last < EVERY) return;
    print(JSON.stringify(metricLine(gathered, properties, time)));
    gathered = [];
    last = time;
  };
}
