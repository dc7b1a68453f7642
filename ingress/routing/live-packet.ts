import type { Meter } from '../operations/meter.ts';
import type { Lane } from './lane.ts';
import type { PacketTarget } from './route-table.ts';

/** A packet's route bound to what is needed when one arrives. */
export class LivePacket {
  readonly target: PacketTarget;
  readonly lane: Lane;
  readonly #received: (by: number) => void;
  readonly #bytes: (by: number) => void;
  #packets = 0;
  #size = 0;

  constructor(target: PacketTarget, lane: Lane, meter: Meter) {
    const labels = { family: target.family.name, type: target.name };
    this.target = target;
    this.lane = lane;
    this.#received = meter.counter('packets_received_total', labels);
    this.#bytes = meter.counter('bytes_received_total', labels);
  }

  /** Counts one that arrived. The meter learns of it with the lane's next flush: it costs as much as the rest of the intake. */
  count(frameBytes: number): void {
    if (this.#packets === 0) this.lane.counting.push(this);
    this.#packets += 1;
    this.#size += frameBytes;
  }

  report(): void {
    this.#received(this.#packets);
    this.#bytes(this.#size);
    this.#packets = 0;
    this.#size = 0;
  }
}
