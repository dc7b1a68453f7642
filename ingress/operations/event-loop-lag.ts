import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { PrometheusMeter } from './prometheus-meter.ts';

const NANOSECONDS = 1e9;

/** Reports the event loop lag between two scrapes. Returns a function that ends it. */
export function watchEventLoop(meter: PrometheusMeter): () => void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  meter.onScrape(() => {
    for (const quantile of [50, 99]) {
      const seconds = delay.percentile(quantile) / NANOSECONDS;
      meter.gauge(
        'event_loop_lag_seconds',
        { quantile: `0.${quantile}` },
        Number.isFinite(seconds) ? seconds : 0,
      );
    }
    meter.gauge('event_loop_lag_seconds', { quantile: '1' }, delay.max / NANOSECONDS);
    delay.reset();
  });
  return () => delay.disable();
}
