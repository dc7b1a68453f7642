import { type AddressInfo, createServer } from 'node:net';
import { createListener } from '../../../../ingress/net/listener.ts';
import type { NetEvents } from '../../../../ingress/net/types.ts';
import { framing } from './frames.ts';

/** Runs as a child process: `bare` echoes bytes with nothing but node:net, `onread` and `data` echo frames through the listener. */
async function serve(mode: string | undefined): Promise<number> {
  if (mode === 'onread' || mode === 'data') {
    const events: NetEvents = {
      onOpen: () => {},
      onFrame: (connection, _type, buffer, payloadStart, payloadEnd) =>
        connection.send(buffer.subarray(payloadStart - framing.headerSize, payloadEnd)),
      onClose: () => {},
      onRefused: () => {},
      onFault: (_connection, error) => {
        throw error;
      },
    };
    return (await createListener({ framing, events, host: '127.0.0.1', port: 0, reading: mode }).listen())
      .port;
  }
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (chunk) => socket.write(chunk));
    socket.on('error', () => socket.destroy());
  });
  return new Promise((resolve) => {
    server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 }, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}

const port = await serve(process.argv[2]);
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit(0));
process.send?.({ port });
