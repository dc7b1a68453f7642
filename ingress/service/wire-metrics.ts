import type { NetListener } from '../net/listener.ts';
import type { PrometheusMeter } from '../operations/prometheus-meter.ts';

/** Carries the wire's own counts over to the meter at each scrape. */
export function exposeWire(meter: PrometheusMeter, listener: NetListener): void {
  const last = new Map<string, number>();
  const since = (key: string, total: number): number => {
    const before = last.get(key) ?? 0;
    last.set(key, total);
    return total - before;
  };
  meter.onScrape(() => {
    const { counters, pool } = listener;
    meter.gauge('connections_active', {}, listener.connections.size);
    meter.gauge('pool_buffers', { state: 'free' }, pool.free);
    meter.gauge('pool_buffers', { state: 'used' }, pool.inUse);
    for (const outcome of ['hit', 'miss', 'exhausted'] as const) {
      meter.count('pool_requests_total', { outcome }, since(outcome, pool[outcome]));
    }
    for (const [reason, total] of counters.badFrames) {
      meter.count('bad_frames_total', { reason }, since(`bad ${reason}`, total));
    }
    meter.count('drops_total', { what: 'packet', reason: 'replaced' }, since('replaced', counters.replaced));
  });
}
