import { afterEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../test/support/engine.ts';
import { type AdminServer, startAdminServer } from './admin-server.ts';
import { watchEventLoop } from './event-loop-lag.ts';
import { METRICS } from './meter.ts';
import { createPrometheusMeter } from './prometheus-meter.ts';

let server: AdminServer | undefined;
afterEach(() => server?.close());

let refreshed = 0;
const looked = async (): Promise<void> => {
  refreshed += 1;
};

async function start(reasons: string[] = [], refreshRoutes = looked) {
  const meter = createPrometheusMeter();
  server = await startAdminServer({
    address: '127.0.0.1',
    port: 0,
    meter,
    readiness: () => reasons,
    refreshRoutes,
    log: silentLog,
  });
  const port = server.port;
  return { meter, get: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init) };
}

describe('admin server', () => {
  test('exposes every metric of the catalogue', async () => {
    const { get } = await start();
    const text = await (await get('/metrics')).text();
    for (const name of Object.keys(METRICS)) expect(text).toContain(`# TYPE packet_edge_${name} `);
  });

  test('counts with labels, bound or not', async () => {
    const { meter, get } = await start();
    meter.count('bad_frames_total', { reason: 'bad_size' });
    meter.counter('bad_frames_total', { reason: 'bad_size' })(2);
    meter.histogram('batch_size', { family: 'chat' })(3);
    const text = await (await get('/metrics')).text();
    expect(text).toContain('packet_edge_bad_frames_total{reason="bad_size"} 3');
    expect(text).toContain('packet_edge_batch_size_bucket{le="4",family="chat"} 1');
  });

  test('ready says why not', async () => {
    const reasons = ['the database does not answer'];
    const { get } = await start(reasons);
    const refused = await get('/ready');
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('the database does not answer');
    reasons.pop();
    expect((await get('/ready')).status).toBe(200);
    expect((await get('/live')).status).toBe(200);
  });

  test('a post to /routes looks at the registry', async () => {
    const { get } = await start();
    expect((await get('/routes', { method: 'POST' })).status).toBe(200);
    expect(refreshed).toBe(1);
    expect((await get('/routes')).status).toBe(404);
  });

  test('what goes wrong is answered, and the server goes on', async () => {
    const { get, meter } = await start([], () => Promise.reject(new Error('no registry')));
    expect((await get('/routes', { method: 'POST' })).status).toBe(500);
    meter.onScrape(() => {
      throw new Error('no figures');
    });
    expect((await get('/metrics')).status).toBe(500);
    expect((await get('/live')).status).toBe(200);
  });

  test('other paths and methods are refused', async () => {
    const { get } = await start();
    expect((await get('/nothing')).status).toBe(404);
    expect((await get('/metrics', { method: 'POST' })).status).toBe(405);
  });

  test('event loop lag is set at each scrape', async () => {
    const { meter, get } = await start();
    const end = watchEventLoop(meter);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await (await get('/metrics')).text()).toMatch(
      /packet_edge_event_loop_lag_seconds\{quantile="1"\} 0\.\d+/,
    );
    end();
  });
});
