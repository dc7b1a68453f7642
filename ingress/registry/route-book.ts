import type { Manifest } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { PacketDefinition, Protocol } from '../../shared/protocol/index.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import { RouteTable } from '../routing/index.ts';

/** Told of every change, protocol first: a packet must be known before it is routed. */
export type RouteChange = (table: RouteTable, protocol: Protocol) => void;

/** Families that are routed to, and the packets that they brought along. A faulty manifest changes nothing. */
export class RouteBook {
  readonly #base: Protocol;
  readonly #meter: Meter;
  readonly #log: Log;
  #table = RouteTable.empty;
  #protocol: Protocol;
  #onChange: RouteChange = () => undefined;

  constructor(base: Protocol, meter: Meter, log: Log) {
    this.#base = base;
    this.#protocol = base;
    this.#meter = meter;
    this.#log = log;
  }

  get table(): RouteTable {
    return this.#table;
  }

  /** The protocol of the base and of all manifests. */
  get protocol(): Protocol {
    return this.#protocol;
  }

  /** Calls back at every change from now on. */
  watch(onChange: RouteChange): void {
    this.#onChange = onChange;
  }

  /** Takes a new family, or another version of one. Returns whether it was taken; if not, the last good one stays. */
  put(manifest: Manifest, functionName: string): boolean {
    const { table, refused } = this.#table.withManifest(manifest, functionName);
    const error = refused[0]?.error;
    if (error !== undefined) return this.#refuse(manifest.name, error);
    try {
      this.#take(table);
    } catch (caught) {
      if (!EdgeError.is(caught)) throw caught;
      return this.#refuse(manifest.name, caught);
    }
    this.#meter.count('route_updates_total', { outcome: 'applied' });
    return true;
  }

  /** A family is gone: its packets are unhandled from now on. */
  remove(family: string): void {
    this.#take(this.#table.without(family));
    this.#meter.count('route_updates_total', { outcome: 'removed' });
    this.#log.info({ family }, 'family removed');
  }

  #take(table: RouteTable): void {
    const schemas = [...table.families.values()].flatMap(({ manifest }) => manifest.schemas);
    this.#protocol =
      schemas.length === 0 ? this.#base : this.#base.extend(schemas as unknown as PacketDefinition[]);
    this.#table = table;
    this.#onChange(table, this.#protocol);
  }

  #refuse(family: string, error: EdgeError): false {
    this.#meter.count('route_updates_total', { outcome: 'refused' });
    this.#log.error(
      { code: error.code, family, err: error },
      'manifest refused; what was routed before stays as it is',
    );
    return false;
  }
}
