import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { frameOf, framing, until, useServers } from './listener.fixture.ts';
import { type ReadMechanism, startReading } from './shared-read.ts';
import type { NetConnection } from './types.ts';

const started = useServers();

describe('reading accepted sockets', () => {
  it.each(['onread', 'data'] as const)('works by %s in this version of Node', async (wanted) => {
    const shared = Buffer.alloc(1024);
    const got: { text: string; shared: boolean; owned: boolean }[] = [];
    const mechanisms: ReadMechanism[] = [];
    const server = createServer((socket: Socket) => {
      const take = (buffer: Buffer, start: number, end: number, owned: boolean): void => {
        got.push({ text: buffer.toString('latin1', start, end), shared: buffer === shared, owned });
      };
      mechanisms.push(startReading(socket, shared, take, wanted));
      socket.on('end', () => socket.end());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.end('hello');
    await once(client.resume(), 'close');
    server.close();
    expect(mechanisms).toEqual([wanted]);
    expect(got).toEqual([{ text: 'hello', shared: wanted === 'onread', owned: wanted === 'data' }]);
  });
});

describe.each(['onread', 'data'] as const)('listener, reading by %s', (reading) => {
  it.each(['plain', 'rose'])('echoes frames, glued and cut anywhere (%s)', async (variant) => {
    const server = await started({ reading });
    const client = await server.client(variant);
    const codec = framing.openClient(variant);
    const texts = Array.from({ length: 60 }, (_, index) => `${index}:${'x'.repeat((index * 37) % 400)}`);
    const stream = Buffer.concat(texts.map((text) => codec.seal(frameOf(text))));
    for (let at = 0, step = 1; at < stream.length; at += step, step = (step * 7) % 613) {
      client.socket.write(stream.subarray(at, at + step));
      if (at % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await client.received(60)).toEqual(texts);
    expect(server.opened[0]?.variant).toBe(variant);
    expect(server.listener.counters).toMatchObject({
      framesIn: 60,
      bytesIn: stream.length,
      bytesOut: stream.length,
    });
    expect(server.listener.pool.inUse).toBe(0);
  });

  it('answers all frames of one read with one write, without taking a pool buffer', async () => {
    const server = await started({ reading });
    const client = await server.client();
    client.send(...Array.from({ length: 100 }, (_, index) => `${index}`));
    await client.received(100);
    expect(server.listener.counters.writes).toBe(1);
    expect(server.listener.pool).toMatchObject({ hit: 0, miss: 0 });
  });

  it('gathers shared and own frames of a tick in the order of sending', async () => {
    const shared = {
      plain: framing.seal(frameOf('all'), 'plain'),
      rose: framing.seal(frameOf('all'), 'rose'),
    };
    const before = shared.rose.toString('hex');
    const server = await started({ reading }, (connection, text) => {
      connection.send(frameOf(`${text}1`));
      connection.sendSealed(connection.variant === 'plain' ? shared.plain : shared.rose);
      connection.sendReplaceable('k', framing.seal(frameOf('moved'), connection.variant));
      connection.send(frameOf(`${text}2`));
    });
    const clients = [await server.client('plain'), await server.client('rose')];
    for (const client of clients) {
      client.send('t');
      expect(await client.received(4)).toEqual(['t1', 'all', 'moved', 't2']);
    }
    expect(server.listener.counters.writes).toBe(2);
    expect(shared.rose.toString('hex')).toBe(before);
  });

  it('loses nothing and keeps the order of a flood while reads pause and go on', async () => {
    const seen: string[] = [];
    let paused = 0;
    const server = await started({ reading }, (connection, text) => {
      seen.push(text);
      if (seen.length % 7 !== 0) return;
      paused += 1;
      connection.pause();
      if (paused % 3 === 0) connection.resume();
      else if (paused % 3 === 1) setImmediate(() => connection.resume());
      else setTimeout(() => connection.resume(), 1);
    });
    const client = await server.client();
    const texts = Array.from({ length: 3_000 }, (_, index) => `${index}`.padEnd(1 + ((index * 31) % 90)));
    client.send(...texts);
    await until(() => seen.length >= texts.length);
    expect(seen).toEqual(texts);
    expect(server.listener.counters.bytesHeld).toBe(0);
  });

  it('hands nothing on while paused, whatever comes', async () => {
    const seen: string[] = [];
    const held: NetConnection[] = [];
    const server = await started({ reading }, (connection, text) => {
      seen.push(text);
      if (held.push(connection) === 1) connection.pause();
    });
    const client = await server.client();
    client.send('1', '2');
    await until(() => seen.length === 1);
    client.send('3');
    client.socket.end();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(seen).toEqual(['1']);
    held[0]?.resume();
    await until(() => server.closed.length === 1);
    expect(seen).toEqual(['1', '2', '3']);
    expect(server.closed).toEqual([['c1', 'client_closed']]);
  });

  it('carries frames of all connections past each other', async () => {
    const server = await started({ reading });
    const clients = await Promise.all(
      Array.from({ length: 40 }, (_, index) => server.client(index % 2 === 0 ? 'plain' : 'rose')),
    );
    for (let round = 0; round < 20; round += 1) {
      for (const [index, client] of clients.entries()) client.send(`${index}/${round}`);
    }
    for (const [index, client] of clients.entries()) {
      expect(await client.received(20)).toEqual(
        Array.from({ length: 20 }, (_, round) => `${index}/${round}`),
      );
    }
  });

  it('leaks nothing over a thousand connections that go in every way', async () => {
    const server = await started({ reading, poolSize: 16, graceMs: 50, tickMs: 10 });
    for (let round = 0; round < 20; round += 1) {
      const clients = await Promise.all(Array.from({ length: 50 }, () => server.client()));
      for (const [index, client] of clients.entries()) {
        const way = index % 5;
        if (way === 0) client.socket.write(frameOf('half').subarray(0, 5));
        if (way === 1) client.send('whole');
        if (way === 2) client.socket.write(Buffer.from('0200040500000000', 'hex'));
        if (way === 3) client.socket.resetAndDestroy();
        else if (way === 4) client.socket.destroy();
        else client.socket.end();
      }
      await until(() => server.listener.connections.size === 0);
      for (const client of clients) client.socket.destroy();
    }
    expect(server.closed).toHaveLength(1_000);
    expect(new Set(server.closed.map(([id]) => id)).size).toBe(1_000);
    expect(server.listener.pool).toMatchObject({ inUse: 0, free: 16 });
    expect(server.listener.counters).toMatchObject({ opened: 1_000, closed: 1_000, bytesHeld: 0 });
  });
});
