import type {
  CloseRequest,
  Delivery,
  JsonObject,
  NamedPacket,
  Packet,
  Place,
  Signal,
  TimerChange,
  TurnResult,
} from '../../contract/index.ts';
import type { ServerPackets } from '../../protocol/packets.generated.ts';
import type { SectionKey, SectionTypes } from '../section-types.ts';
import type { Wire } from './wire.ts';

const isNamed = (packet: Packet): packet is NamedPacket => 'name' in packet;

/** What one turn brought about. Lists are empty where nothing was said. */
export class TestResult<S extends SectionKey> {
  /** The turn's result as the ingress would get it. */
  readonly raw: TurnResult;
  /** All sections of the connection after the turn. */
  readonly sections: Partial<SectionTypes<S>>;
  readonly replies: readonly Packet[];
  readonly deliveries: readonly Delivery[];
  readonly signals: readonly Signal[];
  readonly timers: readonly TimerChange[];
  readonly reread: readonly string[];
  /** undefined: unchanged; null: nowhere. */
  readonly place: Place | null | undefined;
  readonly watch: readonly string[] | undefined;
  readonly pin: readonly string[] | undefined;
  readonly close: CloseRequest | undefined;
  /** Reason of the first refusal. */
  readonly refused: string | undefined;
  /** The reason for which a handler failed (with `failures: 'report'`). */
  readonly failed: string | undefined;
  readonly #wire: Wire;

  constructor(raw: TurnResult, sections: Partial<SectionTypes<S>>, wire: Wire) {
    this.raw = raw;
    this.sections = sections;
    this.replies = raw.replies ?? [];
    this.deliveries = raw.deliveries ?? [];
    this.signals = raw.signals ?? [];
    this.timers = raw.timers ?? [];
    this.reread = raw.reread ?? [];
    this.place = raw.place;
    this.watch = raw.watch;
    this.pin = raw.pin;
    this.close = raw.close;
    this.refused = raw.refusals?.[0]?.reason;
    this.failed = raw.refusals?.find(({ message }) => message === raw.failedAt)?.reason;
    this.#wire = wire;
  }

  /** Names of the replies in their order. */
  get names(): string[] {
    return this.replies.map((packet) => (isNamed(packet) ? packet.name : `raw ${packet.type}`));
  }

  /** The fields of the one reply of this name as a client decodes them. Throws when there is none, or more than one. */
  reply<N extends keyof ServerPackets & string>(name: N): ServerPackets[N] {
    return this.#only(name, this.replies, 'reply') as unknown as ServerPackets[N];
  }

  /** The fields of the one packet of this name among all deliveries, as a client decodes them. */
  delivered<N extends keyof ServerPackets & string>(name: N): ServerPackets[N] {
    const packets = this.deliveries.flatMap((delivery) => delivery.packets);
    return this.#only(name, packets, 'delivery') as unknown as ServerPackets[N];
  }

  /** The one signal of this name. */
  signal(name: string): Signal {
    const found = this.signals.filter((signal) => signal.name === name);
    const [signal] = found;
    if (signal === undefined || found.length > 1) {
      throw new Error(
        `${found.length} signals ${name}; there are [${this.signals.map((s) => s.name).join(', ')}]`,
      );
    }
    return signal;
  }

  #only(name: string, packets: readonly Packet[], what: string): JsonObject {
    const named = packets.filter(isNamed);
    const found = named.filter((packet) => packet.name === name);
    const [packet] = found;
    if (packet === undefined || found.length > 1) {
      const reason = this.refused === undefined ? '' : `; refused: ${this.refused}`;
      throw new Error(
        `${found.length} of ${what} ${name}; there are [${named.map((p) => p.name).join(', ')}]${reason}`,
      );
    }
    return this.#wire.sent(packet);
  }
}
