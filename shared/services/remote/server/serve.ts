import { once } from 'node:events';
import { createServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { ConnectRouter } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import type { AccountService, AuthService, CharacterService, WorldService } from '../../index.ts';
import { AccountService as AccountRpc } from '../../proto/accounts.generated.ts';
import { AuthService as AuthRpc } from '../../proto/auth.generated.ts';
import { CharacterService as CharacterRpc } from '../../proto/character.generated.ts';
import { Health } from '../../proto/health.generated.ts';
import { WorldService as WorldRpc } from '../../proto/world.generated.ts';
import { accountRoutes } from './accounts.ts';
import { authRoutes } from './auth.ts';
import { characterRoutes } from './character.ts';
import { bearer, statuses } from './guard.ts';
import { healthRoutes } from './health.ts';
import { worldRoutes } from './world.ts';

/** The services that are offered; those left out are unknown to callers. */
export interface Offered {
  readonly auth?: AuthService;
  readonly accounts?: AccountService;
  readonly characters?: CharacterService;
  readonly world?: WorldService;
}

export interface ServeOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What callers must bring; null lets everyone in. */
  readonly token: string | null;
  /** Whether the services can do their work now, for the health check. */
  readonly ready: () => Promise<boolean>;
  /** Hears of calls that failed by our own fault. */
  readonly failed: (call: string, error: unknown) => void;
}

export interface Serving {
  /** Where it listens, such as `http://127.0.0.1:9110`. */
  readonly url: string;
  readonly port: number;
  /** Refuses new calls, lets those under way finish for at most `grace` milliseconds, then ends all connections. */
  close(grace: number): Promise<void>;
}

/** A settlement of two full inventories and banks is some 200 KB. */
const READ_MAX_BYTES = 4_194_304;
/** Longest deadline that a caller may ask for, milliseconds. */
const MAX_TIMEOUT = 60_000;

/** Offers services over gRPC: HTTP/2 without TLS, which belongs in front of it. */
export async function serve(offered: Offered, options: ServeOptions): Promise<Serving> {
  const { host, token, ready, failed } = options;
  const interceptors = [...(token === null ? [] : [bearer(token)]), statuses(failed)];
  let closing = false;
  const isReady = async () => !closing && (await ready());
  const handler = connectNodeAdapter({
    routes: (router) => offer(router, offered, isReady),
    interceptors,
    connect: false,
    grpcWeb: false,
    readMaxBytes: READ_MAX_BYTES,
    maxTimeoutMs: MAX_TIMEOUT,
  });
  const server = createServer(handler);
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.listen(options.port, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    async close(grace) {
      closing = true;
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.close();
      const timer = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, grace);
      await ended;
      clearTimeout(timer);
    },
  };
}

function offer(router: ConnectRouter, offered: Offered, ready: () => Promise<boolean>): void {
  const { auth, accounts, characters, world } = offered;
  if (auth !== undefined) router.service(AuthRpc, authRoutes(auth));
  if (accounts !== undefined) router.service(AccountRpc, accountRoutes(accounts));
  if (characters !== undefined) router.service(CharacterRpc, characterRoutes(characters));
  if (world !== undefined) router.service(WorldRpc, worldRoutes(world));
  const names = new Set(router.handlers.map((handler) => handler.service.typeName));
  router.service(Health, healthRoutes(names, ready));
}
