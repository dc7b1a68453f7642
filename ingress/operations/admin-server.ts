import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PrometheusMeter } from './prometheus-meter.ts';

/** Why the service is not ready, in words; empty when it is. */
export type Readiness = () => readonly string[];

export interface AdminServer {
  readonly port: number;
  close(): Promise<void>;
}

const PAGE = `packet-edge

/metrics  Prometheus metrics
/live     200 while the process works
/ready    200 while new players are welcome, otherwise 503 with the reasons
/routes   POST: look at the route registry at once
`;

/** Serves `/metrics`, `/live` and `/ready`. */
export async function startAdminServer(options: {
  readonly address: string;
  readonly port: number;
  readonly meter: PrometheusMeter;
  readonly readiness: Readiness;
  /** Looks at the route registry at once. */
  readonly refreshRoutes: () => Promise<void>;
}): Promise<AdminServer> {
  const { meter, readiness, refreshRoutes } = options;
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    if (request.method === 'POST' && path === '/routes') {
      await refreshRoutes();
      return answer(response, 200, 'looked at the route registry\n');
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'only GET\n');
    switch (path) {
      case '/':
        return answer(response, 200, PAGE);
      case '/metrics':
        return answer(response, 200, await meter.expose(), meter.contentType);
      case '/live':
        return answer(response, 200, 'live\n');
      case '/ready': {
        const reasons = readiness();
        return reasons.length === 0
          ? answer(response, 200, 'ready\n')
          : answer(response, 503, `not ready: ${reasons.join('; ')}\n`);
      }
      default:
        return answer(response, 404, `no ${path} here\n\n${PAGE}`);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.address, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}
