import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './log.ts';
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

/** Scrapers and health checks; whoever can reach the port must not take the players' descriptors. */
const MOST_CONNECTIONS = 256;

export interface AdminOptions {
  readonly address: string;
  readonly port: number;
  readonly meter: PrometheusMeter;
  readonly readiness: Readiness;
  /** Looks at the route registry at once. */
  readonly refreshRoutes: () => Promise<void>;
  readonly log: Log;
}

/** Serves `/metrics`, `/live` and `/ready`. */
export async function startAdminServer(options: AdminOptions): Promise<AdminServer> {
  const { log } = options;
  const server = createServer((request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      log.error({ code: 'internal_error', path: request.url, err: error }, 'an admin request failed');
      if (!response.headersSent) answer(response, 500, 'failed; the log says why\n');
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.address, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (error) =>
    log.warn({ code: 'socket_error', error: String(error) }, 'an admin connection was not accepted'),
  );
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  { meter, readiness, refreshRoutes }: AdminOptions,
  { method, url = '/' }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path] = url.split('?');
  if (method === 'POST' && path === '/routes') {
    await refreshRoutes();
    return answer(response, 200, 'looked at the route registry\n');
  }
  if (method !== 'GET' && method !== 'HEAD') return answer(response, 405, 'only GET\n');
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
}

function answer(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}
