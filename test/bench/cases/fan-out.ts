import { createDeliveryHub, createInProcessBus, type Outlet } from '../../../ingress/delivery/index.ts';
import { look } from '../../../ingress/delivery/testing/look.ts';
import { NetCounters } from '../../../ingress/net/counters.ts';
import { Flusher } from '../../../ingress/net/flusher.ts';
import { Outbox } from '../../../ingress/net/outbox.ts';
import { createRoseFraming } from '../../../ingress/net/rose/framing.ts';
import type { Meter } from '../../../ingress/operations/meter.ts';
import { systemClock } from '../../../ingress/ports/clock.ts';
import type { EdgeConnection } from '../../../ingress/ports/connection.ts';
import type { NamedPacket } from '../../../shared/contract/index.ts';
import { createProtocol } from '../../../shared/protocol/index.ts';
import { type BenchRow, row } from '../row.ts';

/**
 * Microseconds per recipient to send one packet to everyone in a topic through the hub, against encoding it anew for each viewer and
 * writing it to the same gathering wire. What the operating system does with a write is left out on both sides.
 */
const ROUNDS = 9;
const ROUND_MS = 80;

const WALK: NamedPacket = {
  name: 'SRV_MOUSE_CMD',
  payload: { id: 2001, targetId: 0, distance: 90, x: 520_100.5, y: 519_900.25 },
};
const CHAT: NamedPacket = {
  name: 'SRV_NORMAL_CHAT',
  payload: { charId: 2001, message: 'Anybody for the field? We are three now.' },
};

const protocol = createProtocol('head');
const framing = createRoseFraming();
const [plain = '', enciphered = ''] = framing.variants;
const written = { bytes: 0 };
const wire = {
  writableLength: 0,
  write(bytes: Buffer) {
    written.bytes += bytes.length;
  },
  cork() {},
  uncork() {},
};

const nothing = (): void => undefined;
const meter: Meter = {
  count: nothing,
  gauge: nothing,
  observe: nothing,
  counter: () => nothing,
  histogram: () => nothing,
};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => log };

/** The best round of each operation, in turns, so that what else runs on the machine meets both alike. */
function microseconds(viewers: number, operations: readonly [() => void, () => void]): [number, number] {
  const best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    const which = round % 2 === 0 ? 0 : 1;
    const operation = operations[which];
    let calls = 0;
    const begin = process.hrtime.bigint();
    const end = begin + BigInt(ROUND_MS) * 1_000_000n;
    let now = begin;
    while (now < end) {
      for (let turn = 0; turn < 10; turn += 1) operation();
      calls += 10;
      now = process.hrtime.bigint();
    }
    best[which] = Math.min(best[which], Number(now - begin) / 1_000 / calls / viewers);
  }
  return best;
}

function connectionOf(id: string): EdgeConnection {
  const identity = { userId: null, sessionId: null, characterId: null, epoch: 0 };
  const state = { ...identity, view: () => ({ ...identity, characters: [], sections: {} }) };
  return { id, kind: 'client', actor: null, address: '127.0.0.1', stage: 'world', state, socket: null };
}

/** The wire of one run: outlets that gather as real connections do, and their flush at the end of a tick. */
function openWire(variant: string): { outlet: () => Outlet; flush: () => void } {
  const flusher = new Flusher(nothing);
  const shared = { framing, flusher, counters: new NetCounters(), queueBytes: 1 << 20 };
  return {
    outlet() {
      const outbox = new Outbox(wire, shared, nothing);
      return {
        variant,
        send: (frame) => outbox.send(frame, variant),
        sendSealed: (sealed) => outbox.sendSealed(sealed),
        sendReplaceable: (key, sealed) => outbox.sendReplaceable(key, sealed),
      };
    },
    flush: () => flusher.flushAll(),
  };
}

function throughHub(viewers: number, packet: NamedPacket, variant: string): () => void {
  const { outlet, flush } = openWire(variant);
  const hub = createDeliveryHub({
    ingressId: 'bench',
    protocol: () => protocol,
    framing,
    bus: createInProcessBus(systemClock),
    sink: { take: () => false, startActor: async () => null },
    outlet,
    meter,
    log,
    clock: systemClock,
  });
  for (let index = 0; index < viewers; index += 1) {
    const connection = connectionOf(`c${index}`);
    hub.attach(connection);
    look(hub, connection, undefined, ['map/1/0,0']);
  }
  const from = connectionOf('from');
  const delivery = { to: 'map/1/0,0', packets: [packet] };
  return () => {
    hub.deliver(from, delivery);
    flush();
  };
}

function oneByOne(viewers: number, packet: NamedPacket, variant: string): () => void {
  const { outlet, flush } = openWire(variant);
  const outlets = Array.from({ length: viewers }, outlet);
  return () => {
    for (const each of outlets) each.send(protocol.encode(packet.name, packet.payload));
    flush();
  };
}

export async function run(): Promise<BenchRow[]> {
  const compare = (name: string, viewers: number, packet: NamedPacket, variant: string): BenchRow => {
    const hub = throughHub(viewers, packet, variant);
    const [value, baseline] = microseconds(viewers, [hub, oneByOne(viewers, packet, variant)]);
    return row(name, 'us', value, baseline, 0.5);
  };
  return [
    compare('fan-out-walk-100', 100, WALK, plain),
    compare('fan-out-walk-1000', 1_000, WALK, plain),
    compare('fan-out-chat-100', 100, CHAT, plain),
    compare('fan-out-chat-1000', 1_000, CHAT, plain),
    compare('fan-out-walk-1000-enciphered', 1_000, WALK, enciphered),
  ];
}
