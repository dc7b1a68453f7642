import type { Json, JsonObject, Motion, Packet, Place } from '../../../shared/contract/index.ts';
import { createProtocol } from '../../../shared/protocol/index.ts';
import { createRoseFraming } from '../../net/rose/framing.ts';
import type { MetricName } from '../../operations/meter.ts';
import type { EdgeConnection } from '../../ports/connection.ts';
import type { SignalEnvelope } from '../../ports/delivery.ts';
import type { Bus } from '../bus.ts';
import { createDeliveryHub, type DeliveryEdge } from '../hub.ts';
import { createInProcessBus } from '../in-process-bus.ts';
import type { DeliveryLimits } from '../options.ts';
import { countingMeter } from './counting-meter.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { RecordingClient } from './recording-client.ts';

export const protocol = createProtocol('head');
export const framing = createRoseFraming({ cipher: 'auto' });
export const [plain = '', enciphered = ''] = framing.variants;

export interface LogLine {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** One ingress process as far as delivery goes: the real hub, with clients in memory and a sink that notes signals. */
export interface Ingress {
  readonly id: string;
  readonly hub: DeliveryEdge;
  readonly signals: { readonly connection: string; readonly envelope: SignalEnvelope }[];
  readonly started: string[];
  readonly log: LogLine[];
  /** Connections that take no signals, as if closing. */
  readonly closing: Set<string>;
  connect(name: string, identity?: { user?: string; character?: string; variant?: string }): Player;
  /** Sum of a metric over the labels that match. */
  count(name: MetricName, labels?: Readonly<Record<string, string>>): number;
}

export interface Player {
  readonly connection: EdgeConnection;
  readonly client: RecordingClient;
  readonly identity: { userId: string | null; characterId: string | null };
}

interface StageOptions {
  readonly clock?: ManualClock;
  readonly bus?: Bus;
  readonly limits?: Partial<DeliveryLimits>;
  readonly control?: (connection: EdgeConnection, body: JsonObject) => Promise<Json> | Json;
  /** What `startActor` does; default makes one. */
  readonly startActor?: (address: string, ingress: Ingress) => EdgeConnection | null;
}

export function stage(options: StageOptions = {}): { clock: ManualClock; open: (id: string) => Ingress } {
  const clock = options.clock ?? manualClock();
  const bus = options.bus ?? createInProcessBus(clock);
  return { clock, open: (id) => openIngress(id, clock, bus, options) };
}

function openIngress(id: string, clock: ManualClock, bus: Bus, options: StageOptions): Ingress {
  const clients = new Map<string, RecordingClient>();
  const { meter, count } = countingMeter();
  const log: LogLine[] = [];
  const note = (fields: object, message: string): void => void log.push({ fields: { ...fields }, message });
  const logger = { debug: note, info: note, warn: note, error: note, child: () => logger };
  const signals: Ingress['signals'] = [];
  const closing = new Set<string>();
  const started: string[] = [];
  const startActor = options.startActor ?? ((address, at) => actor(at, address));
  const ingress: Ingress = {
    id,
    signals,
    started,
    log,
    closing,
    count,
    hub: createDeliveryHub({
      ingressId: id,
      protocol: () => protocol,
      framing,
      bus,
      sink: {
        take(connection, envelope) {
          if (closing.has(connection.id)) return false;
          signals.push({ connection: connection.id, envelope });
          return true;
        },
        async startActor(address) {
          await Promise.resolve();
          started.push(address);
          return startActor(address, ingress);
        },
      },
      outlet: (connection) => clients.get(connection.id) ?? null,
      ...(options.control === undefined ? {} : { control: options.control }),
      meter,
      log: logger,
      clock,
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    }),
    connect(name, { user, character, variant } = {}) {
      const client = new RecordingClient(framing, protocol, variant ?? plain);
      const identity = { userId: user ?? null, characterId: character ?? null };
      const connection = edgeConnection(`${id}-${name}`, null, identity);
      clients.set(connection.id, client);
      ingress.hub.attach(connection);
      return { connection, client, identity };
    },
  };
  return ingress;
}

/** Attaches an actor. */
export function actor(ingress: Ingress, address: string): EdgeConnection {
  const connection = edgeConnection(`${ingress.id}-${address}`, address, {
    userId: null,
    characterId: address,
  });
  ingress.hub.attach(connection);
  return connection;
}

/** A connection with this identity and no state else. */
export function edgeConnection(
  id: string,
  address: string | null,
  identity: Player['identity'],
): EdgeConnection {
  return {
    id,
    kind: address === null ? 'client' : 'actor',
    actor: address,
    address: address === null ? '127.0.0.1' : '',
    stage: 'world',
    state: {
      get userId() {
        return identity.userId;
      },
      sessionId: null,
      get characterId() {
        return identity.characterId;
      },
      epoch: 1,
      view: () => ({ ...identity, sessionId: null, characters: [], sections: {} }),
    },
    socket: null,
  };
}

/** A place on map 1 with the packets of a player. */
export function place(
  object: number,
  topic: string,
  at = { x: 0, y: 0 },
  motion?: Omit<Motion, 'fields'>,
): Place {
  return {
    topic,
    object: `1/${object}`,
    appear: { name: 'SRV_PLAYER_CHAR', payload: { id: object, x: at.x, y: at.y } },
    vanish: { name: 'SRV_REMOVE_OBJECT', payload: { id: object } },
    at,
    ...(motion === undefined ? {} : { motion: { ...motion, fields: { x: 'x', y: 'y' } } }),
  };
}

export function chat(charId: number, message: string): Packet {
  return { name: 'SRV_NORMAL_CHAT', payload: { charId, message } };
}

export function walk(id: number, x: number): Packet {
  return { name: 'SRV_MOUSE_CMD', payload: { id, x, y: 0 } };
}
