import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { ClientFrameCodec } from './framing.ts';
import { createListener, type ListenerOptions, type NetListener } from './listener.ts';
import { createRoseFraming } from './rose/framing.ts';
import type { NetConnection, NetEvents } from './types.ts';

/** The type of every frame in these tests; it may come first. */
export const TYPE = 0x504;

export const framing = createRoseFraming({ firstPackets: new Map([[TYPE, { min: 6, max: 2047 }]]) });

/** A plain frame whose payload is `text`. */
export function frameOf(text: string): Buffer {
  const plain = Buffer.alloc(6 + Buffer.byteLength(text));
  plain.writeUInt16LE(plain.length, 0);
  plain.writeUInt16LE(TYPE, 2);
  plain.write(text, 6);
  return plain;
}

/** A client that speaks in texts. */
export interface TestClient {
  readonly socket: Socket;
  /** The texts that came, in order. */
  readonly texts: string[];
  /** How the stream ended: undefined as long as it has not. */
  readonly ended: () => 'end' | 'reset' | undefined;
  send(...texts: string[]): void;
  /** Resolves when so many texts are there. */
  received(count: number): Promise<string[]>;
  /** Resolves when the socket is closed. */
  closed(): Promise<void>;
}

export interface TestServer {
  readonly listener: NetListener;
  readonly port: number;
  readonly opened: NetConnection[];
  readonly closed: [string, ErrorCode][];
  readonly refused: ErrorCode[];
  readonly faults: unknown[];
  client(variant?: string): Promise<TestClient>;
  stop(): Promise<void>;
}

/** A listener on a free loopback port; `onText` is called for each frame, by default it echoes. */
async function startServer(
  options: Partial<ListenerOptions> & { readonly handlers?: Partial<NetEvents> } = {},
  onText: (connection: NetConnection, text: string) => void = (connection, text) =>
    connection.send(frameOf(text)),
): Promise<TestServer> {
  const opened: NetConnection[] = [];
  const closed: [string, ErrorCode][] = [];
  const refused: ErrorCode[] = [];
  const faults: unknown[] = [];
  const events: NetEvents = {
    onOpen: (connection) => opened.push(connection),
    onFrame: (connection, _type, buffer, start, end) =>
      onText(connection, buffer.toString('latin1', start, end)),
    onClose: (connection, code) => closed.push([connection.id, code]),
    onRefused: (code) => refused.push(code),
    onFault: (_connection, error) => faults.push(error),
    ...options.handlers,
  };
  const listener = createListener({ framing, events, host: '127.0.0.1', port: 0, ...options });
  const { port } = await listener.listen();
  return {
    listener,
    port,
    opened,
    closed,
    refused,
    faults,
    client: (variant = 'plain') => openClient(port, framing.openClient(variant)),
    async stop() {
      await listener.stopAccepting();
      await listener.closeAll('shutting_down');
    },
  };
}

/** Starts servers for the tests of a file; each ends with the test that started it. */
export function useServers(): typeof startServer {
  const servers: TestServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });
  return async (...args) => {
    const server = await startServer(...args);
    servers.push(server);
    return server;
  };
}

async function openClient(port: number, codec: ClientFrameCodec): Promise<TestClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  const texts: string[] = [];
  let ended: 'end' | 'reset' | undefined;
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (at < rest.length) {
      const verdict = codec.next(rest, at, rest.length);
      if (verdict.kind !== 'frame') break;
      texts.push(rest.toString('latin1', verdict.payloadStart, verdict.payloadEnd));
      at += verdict.consumed;
    }
    rest = rest.subarray(at);
  });
  socket.on('end', () => {
    ended ??= 'end';
    socket.end();
  });
  socket.on('error', () => {
    ended ??= 'reset';
  });
  await once(socket, 'connect');
  return {
    socket,
    texts,
    ended: () => ended,
    send: (...more) => void socket.write(Buffer.concat(more.map((text) => codec.seal(frameOf(text))))),
    received: async (count) => {
      await until(() => texts.length >= count);
      return texts;
    },
    closed: () => until(() => socket.closed),
  };
}

/** Waits for something that happens outside; fails when it does not within ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5_000; turn += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`this never came true: ${condition.toString()}`);
}
