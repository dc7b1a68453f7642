import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { AddressCounts } from './address-counts.ts';
import { BufferPool, type PoolCounts } from './buffer-pool.ts';
import { Connection, type ConnectionShared } from './connection.ts';
import { NetCounters } from './counters.ts';
import { Flusher } from './flusher.ts';
import type { Framing } from './framing.ts';
import type { Preamble } from './preamble.ts';
import type { ReadMechanism } from './shared-read.ts';
import { TimerWheel } from './timer-wheel.ts';
import type { NetConnection, NetEvents } from './types.ts';

export interface ListenerOptions {
  readonly framing: Framing;
  readonly events: NetEvents;
  /** LISTEN_ADDR. Default 0.0.0.0. */
  readonly host?: string;
  /** SERVICE_PORT; 0 takes a free one. */
  readonly port: number;
  /** MAX_CONCURRENT_CONNECTIONS: further ones are closed as they come. Default 10,000. */
  readonly maxConnections?: number;
  /** MAX_CONNECTIONS_PER_ADDRESS: further ones of an address are closed as soon as it is known. Default 0, no limit. */
  readonly maxPerAddress?: number;
  /** Connections that the kernel keeps until they are accepted. Default 1,024. */
  readonly backlog?: number;
  /** BUFFER_POOL_SIZE, in buffers of one largest frame. Default 1,024. */
  readonly poolSize?: number;
  /** SEND_QUEUE_BYTES: what may wait behind one slow client. Default 256 KiB. */
  readonly queueBytes?: number;
  /** Without a whole frame for so long, a connection is closed. Default 5 minutes. */
  readonly idleMs?: number;
  /** The same for its first frame. Default 30 s, at most `idleMs`. */
  readonly firstMs?: number;
  /** After a close, how long the peer has to take the last bytes and end its side. Default 2 s. */
  readonly graceMs?: number;
  /** The grain of those two times. Default 500 ms. */
  readonly tickMs?: number;
  /** Called for each connection when something has to be read before its first frame. */
  readonly openPreamble?: (peer: string) => Preamble;
  /** How to read; default is the cheapest that this Node offers. */
  readonly reading?: ReadMechanism;
  /** Names connections; default `c1`, `c2` and so on. */
  readonly nextId?: () => string;
}

/** A TCP server that speaks in frames. */
export interface NetListener {
  readonly counters: NetCounters;
  readonly pool: PoolCounts;
  /** Those whose socket is not closed yet. */
  readonly connections: ReadonlyMap<string, NetConnection>;
  /** Starts to accept; rejects when the address cannot be had. */
  listen(): Promise<AddressInfo>;
  /** Accepts no more; open connections go on. Resolves when the port is free. */
  stopAccepting(): Promise<void>;
  /** Closes every connection; resolves when all sockets are closed, at the latest after the grace. */
  closeAll(code: ErrorCode): Promise<void>;
}

const READ_BUFFER = 64 * 1024;
const KEEP_ALIVE_DELAY_MS = 60_000;

export function createListener(options: ListenerOptions): NetListener {
  const { events, framing } = options;
  const tickMs = options.tickMs ?? 500;
  const idleMs = options.idleMs ?? 300_000;
  const counters = new NetCounters();
  const pool = new BufferPool(framing.maxFrame, options.poolSize ?? 1024);
  const wheel = new TimerWheel();
  const connections = new Map<string, Connection>();
  let ticker: NodeJS.Timeout | undefined;
  let accepting = false;
  let emptied: (() => void)[] = [];
  let count = 0;
  const nextId = options.nextId ?? ((): string => `c${++count}`);

  const shared: ConnectionShared = {
    framing,
    events,
    counters,
    pool,
    wheel,
    addresses: new AddressCounts(options.maxPerAddress ?? 0),
    flusher: new Flusher(),
    readBuffer: Buffer.allocUnsafeSlow(READ_BUFFER),
    reading: options.reading ?? 'onread',
    openPreamble: options.openPreamble,
    queueBytes: options.queueBytes ?? 256 * 1024,
    firstTicks: Math.ceil(Math.min(options.firstMs ?? 30_000, idleMs) / tickMs),
    idleTicks: Math.ceil(idleMs / tickMs),
    graceTicks: Math.ceil((options.graceMs ?? 2_000) / tickMs),
    ended(connection) {
      connections.delete(connection.id);
      if (connections.size === 0) settle();
    },
  };

  /** With nobody left, whoever waits for that goes on; the clock stops with the last listener of it. */
  function settle(): void {
    const waiting = emptied;
    emptied = [];
    for (const resolve of waiting) resolve();
    if (!accepting) {
      clearInterval(ticker);
      ticker = undefined;
    }
  }

  function accept(socket: Socket): void {
    const id = nextId();
    connections.set(id, new Connection(id, socket, shared));
  }

  const server = createServer(
    { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_DELAY_MS },
    accept,
  );
  server.maxConnections = options.maxConnections ?? 10_000;
  server.on('drop', (data) => {
    counters.count(counters.refused, 'too_many_connections');
    events.onRefused('too_many_connections', data?.remoteAddress ?? '');
  });

  return {
    counters,
    pool,
    connections,
    listen() {
      return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(
          { host: options.host ?? '0.0.0.0', port: options.port, backlog: options.backlog ?? 1024 },
          () => {
            server.off('error', reject);
            // A failed accept (no descriptor left) concerns one peer, not the listener.
            server.on('error', () => {
              counters.count(counters.refused, 'socket_error');
              events.onRefused('socket_error', '');
            });
            accepting = true;
            ticker ??= setInterval(() => wheel.advance(), tickMs).unref();
            resolve(server.address() as AddressInfo);
          },
        );
      });
    },
    stopAccepting() {
      accepting = false;
      return new Promise((resolve) => {
        if (!server.listening) {
          resolve();
          return;
        }
        // `close` waits for the connections too; the port is free as soon as it returns.
        server.close();
        if (connections.size === 0) settle();
        resolve();
      });
    },
    closeAll(code) {
      return new Promise((resolve) => {
        if (connections.size === 0) {
          resolve();
          return;
        }
        emptied.push(resolve);
        for (const connection of connections.values()) connection.close(code);
      });
    },
  };
}
