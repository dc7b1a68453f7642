import type { Meter } from '../operations/meter.ts';
import { FamilyMeasures } from './family-measures.ts';
import type { FamilyRoute } from './family-route.ts';
import { Lane } from './lane.ts';
import { LivePacket } from './live-packet.ts';
import type { PacketTarget, RouteTable } from './route-table.ts';

/** The route table of the moment, bound to lanes and meters. Lanes live on when the table is replaced. */
export class LiveRoutes {
  #table: RouteTable;
  #packets: ReadonlyMap<string, LivePacket> = new Map();
  #types: ReadonlyMap<number, LivePacket> = new Map();
  readonly #lanes = new Map<string, Lane>();
  readonly #measures = new Map<string, FamilyMeasures>();
  readonly #meter: Meter;

  constructor(table: RouteTable, meter: Meter) {
    this.#table = table;
    this.#meter = meter;
    this.replace(table);
  }

  get table(): RouteTable {
    return this.#table;
  }

  get lanes(): Iterable<Lane> {
    return this.#lanes.values();
  }

  packet(name: string): LivePacket | undefined {
    return this.#packets.get(name);
  }

  /** The route of a packet that no schema describes. */
  type(type: number): LivePacket | undefined {
    return this.#types.get(type);
  }

  signal(name: string): Lane | undefined {
    const family = this.#table.signals.get(name);
    return family && this.lane(family, 'main');
  }

  timer(name: string): Lane | undefined {
    const family = this.#table.timers.get(name);
    return family && this.lane(family, 'main');
  }

  /** The lanes of all families that list a signal of the ingress. */
  listeners(name: string): Lane[] {
    return (this.#table.lifecycle.get(name) ?? []).map((family) => this.lane(family, 'main'));
  }

  measures(family: string): FamilyMeasures {
    let measures = this.#measures.get(family);
    if (measures === undefined) {
      measures = new FamilyMeasures(this.#meter, family);
      this.#measures.set(family, measures);
    }
    return measures;
  }

  replace(table: RouteTable): void {
    this.#table = table;
    const packets = new Map<string, LivePacket>();
    const types = new Map<number, LivePacket>();
    for (const [name, target] of table.packets) packets.set(name, this.#bind(target));
    for (const [type, target] of table.types) types.set(type, packets.get(target.name) ?? this.#bind(target));
    for (const lane of this.#lanes.values()) {
      const family = table.families.get(lane.family.name);
      if (family !== undefined) lane.follow(family);
    }
    this.#packets = packets;
    this.#types = types;
    this.#meter.gauge('routes', {}, packets.size);
  }

  lane(family: FamilyRoute, name: string): Lane {
    const key = `${family.name}/${name}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = new Lane(name, family, this.measures(family.name));
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  #bind(target: PacketTarget): LivePacket {
    return new LivePacket(target, this.lane(target.family, target.lane), this.#meter);
  }
}
