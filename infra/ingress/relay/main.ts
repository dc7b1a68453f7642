import { type Figures, figuresOf, UNITS } from './figures.ts';
import { readSamples, type Sample } from './samples.ts';

/**
 * Runs beside the ingress and prints its figures to the log in CloudWatch's embedded metric format: so CloudWatch knows them, and the ingress need
 * not know CloudWatch. Environment: METRICS_URL, NAMESPACE, EVERY (milliseconds).
 */
const { METRICS_URL = '', NAMESPACE = '', EVERY = '60000' } = process.env;
let before: readonly Sample[] = [];

function print(figures: Figures): void {
  const Metrics = Object.entries(UNITS).map(([Name, Unit]) => ({ Name, Unit }));
  const CloudWatchMetrics = [{ Namespace: NAMESPACE, Dimensions: [[]], Metrics }];
  process.stdout.write(
    `${JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, ...figures })}\n`,
  );
}

async function scrape(): Promise<void> {
  try {
    const answer = await fetch(METRICS_URL, { signal: AbortSignal.timeout(5000) });
    const now = readSamples(await answer.text());
    print(figuresOf(before, now));
    before = now;
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ level: 'warn', message: `no metrics: ${String(error)}` })}\n`);
  }
}

setInterval(scrape, Number(EVERY));
process.on('SIGTERM', () => process.exit(0));
