import { connect, type Socket } from 'node:net';

/** Connections to a server of this machine, all open. */
export function openSockets(port: number, connections: number): Promise<Socket[]> {
  return Promise.all(Array.from({ length: connections }, () => open(port)));
}

/** Cuts them; resolves when all are gone. */
export async function closeSockets(sockets: readonly Socket[]): Promise<void> {
  const closed = sockets.map(
    (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
  );
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}
