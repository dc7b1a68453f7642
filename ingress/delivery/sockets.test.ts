import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClientFrameCodec } from '../net/framing.ts';
import { createListener, type NetListener } from '../net/listener.ts';
import { createRoseFraming } from '../net/rose/framing.ts';
import type { NetConnection } from '../net/types.ts';
import { systemClock } from '../ports/clock.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import { createDeliveryHub, type DeliveryEdge } from './hub.ts';
import { createInProcessBus } from './in-process-bus.ts';
import { countingMeter } from './testing/counting-meter.ts';
import { look } from './testing/look.ts';
import { chat, edgeConnection, place, protocol } from './testing/stage.ts';

const TOWN = 'map/1/0,0';
const HELLO = protocol.encode('CLI_ALIVE', {});
const framing = createRoseFraming({
  firstPackets: new Map([[HELLO.readUInt16LE(2), { min: HELLO.length, max: HELLO.length }]]),
});

interface Service {
  readonly hub: DeliveryEdge;
  readonly listener: NetListener;
  readonly players: { readonly connection: EdgeConnection; readonly net: NetConnection }[];
  join(variant: string): Promise<Client>;
}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(queueBytes: number): Promise<Service> {
  const nets = new Map<string, NetConnection>();
  const players: Service['players'] = [];
  const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
  const hub = createDeliveryHub({
    ingressId: 'a',
    protocol: () => protocol,
    framing,
    bus: createInProcessBus(systemClock),
    sink: { take: () => false, startActor: async () => null },
    outlet: ({ id }) => nets.get(id) ?? null,
    meter: countingMeter().meter,
    log: silent,
    clock: systemClock,
    limits: { replaceEveryMs: 0 },
  });
  let waiting: (() => void)[] = [];
  const listener = createListener({
    framing,
    host: '127.0.0.1',
    port: 0,
    queueBytes,
    events: {
      onOpen() {},
      onFrame(net) {
        nets.set(net.id, net);
        const connection = edgeConnection(net.id, null, { userId: null, characterId: null });
        hub.attach(connection);
        players.push({ connection, net });
        for (const resolve of waiting) resolve();
        waiting = [];
      },
      onClose() {},
      onRefused() {},
      onFault(_net, error) {
        throw error;
      },
    },
  });
  const { port } = await listener.listen();
  ends.push(async () => {
    hub.stop();
    await listener.stopAccepting();
    await listener.closeAll('shutting_down');
  });
  return {
    hub,
    listener,
    players,
    async join(variant) {
      const client = new Client(connect(port, '127.0.0.1'), framing.openClient(variant));
      const attached = new Promise<void>((resolve) => waiting.push(resolve));
      await client.hello();
      await attached;
      return client;
    },
  };
}

class Client {
  readonly socket: Socket;
  readonly received: { name: string; message: unknown }[] = [];
  readonly #codec: ClientFrameCodec;
  #rest: Buffer = Buffer.alloc(0);

  constructor(socket: Socket, codec: ClientFrameCodec) {
    this.socket = socket;
    this.#codec = codec;
    socket.on('data', (bytes) => this.#read(Buffer.concat([this.#rest, bytes])));
    ends.unshift(async () => socket.destroy());
  }

  async hello(): Promise<void> {
    await once(this.socket, 'connect');
    this.socket.write(this.#codec.seal(HELLO));
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) await once(this.socket, 'data');
  }

  #read(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      const verdict = this.#codec.next(bytes, at, bytes.length);
      if (verdict.kind !== 'frame') break;
      const codec = protocol.byType('s2c', verdict.type);
      const fields = codec?.decodePayload(bytes, verdict.payloadStart, verdict.payloadEnd);
      this.received.push({ name: codec?.name ?? '', message: fields?.message });
      at += verdict.consumed;
    }
    this.#rest = Buffer.from(bytes.subarray(at));
  }
}

describe('over real sockets', () => {
  it('plain and enciphered clients see each other and hear the same', async () => {
    const { hub, players, join } = await serve(256 * 1024);
    const clients = [];
    for (const variant of [...framing.variants, ...framing.variants]) clients.push(await join(variant));
    for (const [index, { connection }] of players.entries())
      look(hub, connection, place(2001 + index, TOWN), [TOWN]);
    const [first] = players;
    if (first === undefined) throw new Error('nobody came');
    hub.deliver(first.connection, { to: TOWN, packets: [chat(2001, 'one'), chat(2001, 'two')] });
    hub.reply(first.connection, [chat(2001, 'three')]);
    for (const [index, client] of clients.entries()) {
      await client.until(() => client.received.length >= (index === 0 ? 6 : 5));
      expect(client.received.map(({ name }) => name).slice(0, 3)).toEqual(Array(3).fill('SRV_PLAYER_CHAR'));
      const heard = client.received.slice(3).map(({ message }) => message);
      expect(heard).toEqual(index === 0 ? ['one', 'two', 'three'] : ['one', 'two']);
    }
  });

  it('a client that reads slowly misses replaceable packets only, never the newest, and holds up nobody', async () => {
    const { hub, players, join } = await serve(64 * 1024);
    const [slow, quick] = [await join('plain'), await join('plain')];
    for (const { connection } of players) look(hub, connection, undefined, ['all']);
    const [one, two] = players;
    if (one === undefined || two === undefined) throw new Error('nobody came');
    slow.socket.pause();
    const text = 'x'.repeat(1_900);
    let sent = 0;
    let most = 0;
    for (let extra = 0; extra < 200; sent += 1) {
      hub.deliver(two.connection, { to: 'all', packets: [chat(1, `${sent} ${text}`)], replace: 'long' });
      await new Promise((resolve) => setImmediate(resolve));
      if (one.net.bytesQueued > 0) extra += 1;
      most = Math.max(most, one.net.bytesQueued);
      if (sent > 20_000) throw new Error('the client was never behind');
    }
    hub.deliver(two.connection, { to: 'all', packets: [chat(1, 'end')] });
    slow.socket.resume();
    for (const client of [slow, quick]) await client.until(() => client.received.at(-1)?.message === 'end');
    expect(quick.received).toHaveLength(sent + 1);
    expect(slow.received.length).toBeLessThan(sent);
    expect(String(slow.received.at(-2)?.message).split(' ')[0]).toBe(String(sent - 1));
    const order = slow.received.slice(0, -1).map(({ message }) => Number.parseInt(String(message), 10));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(one.net.bytesQueued).toBe(0);
    expect(most).toBeLessThan(64 * 1024 + 2_048);
  });
});
