import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { frameOf, framing, until, useServers } from './listener.fixture.ts';
import { createListener } from './listener.ts';
import type { PreambleVerdict } from './preamble.ts';

const started = useServers();

const BAD: [string, Buffer, string][] = [
  ['bad_size', Buffer.from('050004050000', 'hex'), 'plain'],
  ['bad_crc', Buffer.from('060004051234', 'hex'), 'plain'],
  ['bad_cipher', Buffer.from('c2a832924575', 'hex'), 'rose'],
];

describe.each(['onread', 'data'] as const)('closing, reading by %s', (reading) => {
  it.each(BAD)(
    'closes for %s, answers what came before it, and harms no other',
    async (code, bytes, variant) => {
      const server = await started({ reading });
      const [other, client] = [await server.client(), await server.client(variant)];
      client.socket.write(
        Buffer.concat([framing.openClient(variant).seal(frameOf('good')), bytes, frameOf('after')]),
      );
      await client.closed();
      expect(client.texts).toEqual(['good']);
      expect(client.ended()).toBe('end');
      await until(() => server.closed.length === 1);
      expect(server.closed).toEqual([['c2', code]]);
      expect([...server.listener.counters.badFrames]).toEqual([[code, 1]]);
      other.send('still here');
      expect(await other.received(1)).toEqual(['still here']);
    },
  );

  it('tells of a peer that leaves in the middle of a frame', async () => {
    const server = await started({ reading });
    const client = await server.client();
    client.socket.end(frameOf('unfinished').subarray(0, 9));
    await until(() => server.closed.length === 1);
    expect(server.closed).toEqual([['c1', 'truncated']]);
    expect(server.listener.pool.inUse).toBe(0);
  });

  it('answers a peer that has ended its side', async () => {
    const server = await started({ reading });
    const client = await server.client();
    client.send('1', '2');
    client.socket.end();
    await client.closed();
    expect(client.texts).toEqual(['1', '2']);
    expect(server.closed).toEqual([['c1', 'client_closed']]);
  });

  it('leaves the close after the peer ended to whoever still has something to say', async () => {
    const server = await started(
      {
        reading,
        handlers: { onPeerEnd: (connection) => setTimeout(() => connection.close('client_closed'), 20) },
      },
      (connection, text) => setTimeout(() => connection.send(frameOf(`late ${text}`)), 10),
    );
    const client = await server.client();
    client.send('1');
    client.socket.end();
    await client.closed();
    expect(client.texts).toEqual(['late 1']);
    expect(server.closed).toEqual([['c1', 'client_closed']]);
  });

  it('closes by itself when nobody does after the peer ended', async () => {
    const server = await started({ reading, idleMs: 30, tickMs: 10, handlers: { onPeerEnd: () => {} } });
    const client = await server.client();
    client.socket.end();
    await until(() => server.closed.length === 1);
    expect(server.closed).toEqual([['c1', 'client_closed']]);
  });

  it('calls a reset an error of the socket', async () => {
    const server = await started({ reading });
    const client = await server.client();
    client.send('1');
    await client.received(1);
    client.socket.resetAndDestroy();
    await until(() => server.closed.length === 1);
    expect(server.closed).toEqual([['c1', 'socket_error']]);
  });

  it('reports the first reason only, and takes nothing more', async () => {
    const server = await started({ reading }, (connection) => {
      connection.send(frameOf('bye'));
      connection.close('logout');
      connection.send(frameOf('too late'));
      connection.close('kicked');
      connection.resume();
      connection.pause();
    });
    const client = await server.client();
    client.send('1', '2');
    await client.closed();
    expect(client.texts).toEqual(['bye']);
    await until(() => server.listener.connections.size === 0);
    expect(server.closed).toEqual([['c1', 'logout']]);
  });

  it('reports the close in a later tick than the call', async () => {
    const order: string[] = [];
    const server = await started(
      { reading, handlers: { onClose: () => order.push('onClose') } },
      (connection) => {
        connection.close('logout');
        order.push('close returned');
      },
    );
    (await server.client()).send('1');
    await until(() => order.length === 2);
    expect(order).toEqual(['close returned', 'onClose']);
  });

  it('gives a peer that goes on sending its last reply, and cuts one that never ends', async () => {
    const server = await started({ reading, graceMs: 60, tickMs: 10 }, (connection) => {
      connection.send(frameOf('bye'));
      connection.close('logout');
    });
    const client = await server.client();
    client.socket.removeAllListeners('end');
    client.send('1');
    const flood = setInterval(() => client.socket.write(Buffer.alloc(5_000)), 1);
    await client.received(1);
    await client.closed();
    clearInterval(flood);
    expect(client.texts).toEqual(['bye']);
    await until(() => server.listener.connections.size === 0);
  });

  it('closes idle connections, those with a frame now and then not, nor paused ones', async () => {
    const server = await started({ reading, idleMs: 100, tickMs: 10 }, (connection, text) => {
      if (text === 'pause') connection.pause();
    });
    const [idle, busy, paused, dribbling] = await Promise.all([0, 1, 2, 3].map(() => server.client()));
    paused?.send('pause');
    dribbling?.socket.write(frameOf('d'.repeat(2_000)).subarray(0, 6));
    const timer = setInterval(() => {
      busy?.send('1');
      dribbling?.socket.write('d');
    }, 10);
    await idle?.closed();
    await dribbling?.closed();
    await new Promise((resolve) => setTimeout(resolve, 250));
    clearInterval(timer);
    expect(server.closed.map(([, code]) => code)).toEqual(['idle_timeout', 'idle_timeout']);
    expect(server.listener.connections.size).toBe(2);
  });

  it('closes early whoever never says anything', async () => {
    const server = await started({ reading, idleMs: 60_000, firstMs: 50, tickMs: 10 });
    const [silent, half, quiet] = await Promise.all([0, 1, 2].map(() => server.client()));
    half?.socket.write(frameOf('half').subarray(0, 7));
    quiet?.send('once');
    await Promise.all([silent?.closed(), half?.closed()]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.closed.map(([, code]) => code)).toEqual(['idle_timeout', 'idle_timeout']);
    expect(server.listener.connections.size).toBe(1);
  });

  it('survives a handler that throws: that connection closes, the error is told', async () => {
    const server = await started({ reading }, (connection, text) => {
      if (text === 'boom') throw new Error('a bug');
      connection.send(frameOf(text));
    });
    const [other, client] = [await server.client(), await server.client()];
    client.send('1', 'boom', '2');
    await client.closed();
    expect(client.texts).toEqual(['1']);
    expect(server.faults).toEqual([new Error('a bug')]);
    await until(() => server.closed.length === 1);
    expect(server.closed).toEqual([['c2', 'internal_error']]);
    other.send('fine');
    expect(await other.received(1)).toEqual(['fine']);
  });

  it('survives throwing onOpen, onPeerEnd and onClose', async () => {
    const boom = (): never => {
      throw new Error('a bug');
    };
    const first = await started({ reading, handlers: { onOpen: boom, onClose: boom } });
    await (await first.client()).closed();
    await until(() => first.listener.connections.size === 0);
    expect(first.faults).toHaveLength(2);
    const second = await started({ reading, handlers: { onPeerEnd: boom } });
    const client = await second.client();
    client.socket.end();
    await until(() => second.closed.length === 1);
    expect(second.closed).toEqual([['c1', 'internal_error']]);
  });

  it('reads a preamble before the first frame, and opens only then', async () => {
    const server = await started({ reading, openPreamble: linePreamble });
    const client = await server.client();
    for (const byte of Buffer.from('P 192.0.2.7')) {
      client.socket.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(server.opened).toHaveLength(0);
    client.socket.write(Buffer.concat([Buffer.from('\n'), frameOf('1'), frameOf('2')]));
    expect(await client.received(2)).toEqual(['1', '2']);
    expect(server.opened[0]?.remoteAddress).toBe('192.0.2.7');
    const stranger = await server.client();
    stranger.send('no preamble');
    await stranger.closed();
    await until(() => server.refused.length === 1);
    expect(server.opened).toHaveLength(1);
    expect(server.closed).toEqual([]);
  });
});

/** A line `P ADDRESS` before the first frame. */
const linePreamble = () => ({
  read(buffer: Buffer, start: number, end: number): PreambleVerdict {
    const line = buffer.indexOf('\n', start);
    if (buffer[start] !== 0x50) return { kind: 'bad', code: 'bad_size' };
    if (line < 0 || line >= end) return { kind: 'partial', need: end - start + 1 };
    return {
      kind: 'done',
      consumed: line + 1 - start,
      remoteAddress: buffer.toString('latin1', start + 2, line),
    };
  },
});

describe('listener as a whole', () => {
  it('refuses connections above the limit and takes new ones when there is room', async () => {
    const server = await started({ maxConnections: 2 });
    const [first, second] = [await server.client(), await server.client()];
    const third = await server.client();
    await third.closed();
    expect(server.refused).toEqual(['too_many_connections']);
    expect(server.listener.counters.refused.get('too_many_connections')).toBe(1);
    first.socket.end();
    await until(() => server.listener.connections.size === 1);
    const fourth = await server.client();
    fourth.send('in');
    second.send('still');
    expect([await fourth.received(1), await second.received(1)]).toEqual([['in'], ['still']]);
  });

  it('refuses connections of an address above its limit, by the address that a preamble names', async () => {
    const server = await started({
      maxPerAddress: 1,
      openPreamble: linePreamble,
    });
    const from = async (address: string) => {
      const client = await server.client();
      client.socket.write(Buffer.concat([Buffer.from(`P ${address}\n`), frameOf('in')]));
      return client;
    };
    const first = await from('192.0.2.7');
    await first.received(1);
    const second = await from('192.0.2.7');
    await second.closed();
    expect(second.texts).toEqual([]);
    expect(server.refused).toEqual(['too_many_from_address']);
    expect(server.listener.counters.refused.get('too_many_from_address')).toBe(1);
    expect(await (await from('192.0.2.8')).received(1)).toEqual(['in']);
    first.socket.end();
    await until(() => server.listener.connections.size === 1);
    expect(await (await from('192.0.2.7')).received(1)).toEqual(['in']);
    expect(server.opened.map(({ remoteAddress }) => remoteAddress)).toEqual([
      '192.0.2.7',
      '192.0.2.8',
      '192.0.2.7',
    ]);
  });

  it.each(['onread', 'data'] as const)('refuses them at once without a preamble (%s)', async (reading) => {
    const server = await started({ maxPerAddress: 1, reading });
    const first = await server.client();
    first.send('in');
    await first.received(1);
    await (await server.client()).closed();
    expect(server.refused).toEqual(['too_many_from_address']);
    await until(() => server.listener.connections.size === 1);
    first.send('still');
    expect(await first.received(2)).toEqual(['in', 'still']);
  });

  it('stops accepting while open connections go on, then closes them', async () => {
    const server = await started();
    const client = await server.client();
    client.send('1');
    await client.received(1);
    await server.listener.stopAccepting();
    await expect(server.client()).rejects.toThrow(/ECONNREFUSED/);
    client.send('2');
    expect(await client.received(2)).toEqual(['1', '2']);
    await server.listener.closeAll('shutting_down');
    expect(server.closed).toEqual([['c1', 'shutting_down']]);
    expect(server.listener.connections.size).toBe(0);
  });

  it('frees its port at once', async () => {
    const server = await started();
    await server.client();
    await server.listener.stopAccepting();
    const again = createServer().listen(server.port, '127.0.0.1');
    await once(again, 'listening');
    again.close();
  });

  it('rejects when its address is taken', async () => {
    const server = await started();
    const events = { onOpen() {}, onFrame() {}, onClose() {}, onRefused() {}, onFault() {} };
    const second = createListener({ framing, events, host: '127.0.0.1', port: server.port });
    await expect(second.listen()).rejects.toThrow(/EADDRINUSE/);
    await second.stopAccepting();
    await second.closeAll('shutting_down');
  });

  it('cannot send before it is known how', async () => {
    const server = await started();
    await server.client();
    await until(() => server.opened.length === 1);
    expect(() => server.opened[0]?.send(frameOf('early'))).toThrow(/variant_undecided/);
  });

  it('closes for want of buffers those who have held one for longest', async () => {
    const server = await started({ poolSize: 1 });
    const [slow, slower] = [await server.client(), await server.client()];
    slower?.socket.write(frameOf('x').subarray(0, 4));
    await until(() => server.listener.pool.inUse === 1);
    slow?.socket.write(frameOf('x').subarray(0, 4));
    await until(() => server.listener.pool.inUse === 2);
    const third = await server.client();
    third.socket.write(frameOf('in two').subarray(0, 4));
    await slower?.closed();
    expect(server.closed).toEqual([['c2', 'buffers_exhausted']]);
    third.socket.write(frameOf('in two').subarray(4));
    expect(await third.received(1)).toEqual(['in two']);
    slow?.socket.write(frameOf('x').subarray(4));
    expect(await slow?.received(1)).toEqual(['x']);
    expect(server.listener.pool).toMatchObject({ hit: 2, miss: 1, exhausted: 1, inUse: 0 });
  });
});

describe('slow clients', () => {
  it('are closed at the bound of their queue, while others are served', async () => {
    const big = framing.seal(frameOf('y'.repeat(2_000)), 'plain');
    const server = await started({ queueBytes: 100_000 });
    const [slow, other] = [await server.client(), await server.client()];
    slow.send('hello');
    await slow.received(1);
    slow.socket.pause();
    const connection = server.opened[0];
    let most = 0;
    while (server.closed.length === 0) {
      for (let turn = 0; turn < 20; turn += 1) connection?.sendSealed(big);
      most = Math.max(most, connection?.bytesQueued ?? 0);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(server.closed).toEqual([['c1', 'send_queue_full']]);
    expect(most).toBeLessThanOrEqual(100_000 + 64 * 1024);
    other.send('fine');
    expect(await other.received(1)).toEqual(['fine']);
    slow.socket.destroy();
    await until(() => server.listener.connections.size === 1);
  });

  it('keep their place with replaceable frames, and get the newest when they wake up', async () => {
    const server = await started({ queueBytes: 100_000 });
    const slow = await server.client();
    slow.send('hello');
    await slow.received(1);
    slow.socket.pause();
    const connection = server.opened[0];
    const total = 20_000;
    for (let turn = 1; turn <= total; turn += 1) {
      connection?.sendReplaceable('p', framing.seal(frameOf(`${turn}:${'z'.repeat(1_500)}`), 'plain'));
      if (turn % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(server.closed).toEqual([]);
    expect(server.listener.counters.replaced).toBeGreaterThan(1_000);
    slow.socket.resume();
    const newest = (): number => Number(slow.texts.at(-1)?.split(':')[0]);
    await until(() => newest() === total);
    const numbers = slow.texts.slice(1).map((text) => Number(text.split(':')[0]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    connection?.send(frameOf('end'));
    await until(() => slow.texts.at(-1) === 'end');
  });

  it('get everything that was sent before a close', async () => {
    const server = await started({ queueBytes: 50_000_000, graceMs: 5_000 });
    const slow = await server.client('rose');
    slow.send('hello');
    await slow.received(1);
    slow.socket.pause();
    const connection = server.opened[0];
    for (let turn = 0; turn < 6_000; turn += 1) {
      connection?.send(frameOf(`${turn}:${'w'.repeat(1_200)}`));
      if (turn === 4_000) await new Promise((resolve) => setImmediate(resolve));
    }
    connection?.close('logout');
    slow.socket.resume();
    await slow.closed();
    expect(slow.texts.slice(1).map((text) => Number(text.split(':')[0]))).toEqual(
      Array.from({ length: 6_000 }, (_, turn) => turn),
    );
    expect(slow.ended()).toBe('end');
  });
});
