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

async function read(): Promise<readonly Sample[]> {
  const answer = await fetch(METRICS_URL, { signal: AbortSignal.timeout(5000) });
  return readSamples(await answer.text());
}

async function scrape(): Promise<void> {
  try {
    const now = await read();
    print(figuresOf(before, now));
    before = now;
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ level: 'warn', message: `no metrics: ${String(error)}` })}\n`);
  }
}

// An ingress that answers already has counted before this relay began: it would be told twice.
read().then(
  (now) => {
    before = now;
  },
  () => undefined,
);
setInterval(scrape, Number(EVERY));
process.on('SIGTERM', () => process.exit(0));
