import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A stretch of network between a caller and a service, which can break. */
export interface TcpRelay {
  readonly url: string;
  /** Connections that were asked for. */
  readonly connections: number;
  /** Ends all connections without a word. */
  cut(): void;
  /** From now on nothing passes (and nothing is refused either), until `release`. */
  hold(): void;
  release(): void;
  close(): Promise<void>;
}

/** Listens on a free port of this machine and passes everything on to `port`. */
export async function startRelay(port: number): Promise<TcpRelay> {
  const sockets = new Set<Socket>();
  let held = false;
  let connections = 0;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    if (held) socket.pause();
  };
  const server = createServer((near) => {
    connections += 1;
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => to.write(bytes));
      from.once('close', () => to.destroy());
      track(from);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    hold() {
      held = true;
      for (const socket of sockets) socket.pause();
    },
    release() {
      held = false;
      for (const socket of sockets) socket.resume();
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
