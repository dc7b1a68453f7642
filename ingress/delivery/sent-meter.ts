import { families } from '../../shared/protocol/index.ts';
import type { Meter } from '../operations/meter.ts';
import type { Broadcast } from './broadcast.ts';

/** How a packet came to a client by fan-out; the label of `deliveries_total`. */
export type DeliveryKind = 'broadcast' | 'appear' | 'vanish' | 'replaced' | 'thinned';

interface TypeCounters {
  readonly packets: (by: number) => void;
  readonly bytes: (by: number) => void;
}

/** The family that sends a packet, as the protocol's data has it; what a manifest adds is not in there. */
const familyOf: ReadonlyMap<string, string> = new Map(
  Object.entries(families).flatMap(([family, names]) => names.map((name) => [name, family] as const)),
);

/** Counts what leaves, with handles that are bound once per packet name. */
export class SentMeter {
  readonly #meter: Meter;
  readonly #types = new Map<string, TypeCounters>();
  readonly #kinds = new Map<DeliveryKind, (by: number) => void>();

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  /** One packet was sent to `clients` clients. */
  packet(name: string, bytes: number, clients: number): void {
    let counters = this.#types.get(name);
    if (counters === undefined) {
      const labels = { family: familyOf.get(name) ?? 'none', type: name };
      counters = {
        packets: this.#meter.counter('packets_sent_total', labels),
        bytes: this.#meter.counter('bytes_sent_total', labels),
      };
      this.#types.set(name, counters);
    }
    counters.packets(clients);
    counters.bytes(bytes * clients);
  }

  broadcast(kind: DeliveryKind, broadcast: Broadcast, clients: number): void {
    if (clients === 0) return;
    const { frames, names } = broadcast;
    for (let index = 0; index < frames.length; index++) {
      this.packet(names[index] ?? 'unknown', frames[index]?.length ?? 0, clients);
    }
    this.kind(kind, frames.length * clients);
  }

  kind(kind: DeliveryKind, by: number): void {
    if (by === 0) return;
    let count = this.#kinds.get(kind);
    if (count === undefined) {
      count = this.#meter.counter('deliveries_total', { kind });
      this.#kinds.set(kind, count);
    }
    count(by);
  }

  /** A packet that could not be encoded. */
  refused(): void {
    this.#meter.count('drops_total', { what: 'packet', reason: 'bad_delivery' });
  }

  dropped(what: 'packet' | 'replaceable', reason: string, by: number): void {
    if (by > 0) this.#meter.count('drops_total', { what, reason }, by);
  }

  watches(count: number): void {
    this.#meter.gauge('topic_members', {}, count);
  }
}
