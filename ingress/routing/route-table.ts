import { LIFECYCLE, type Manifest, type Packet, type SectionRule } from '../../shared/contract/index.ts';
import type { EdgeError } from '../../shared/errors/edge-error.ts';
import { conflict } from './claims.ts';
import { contradiction, type FamilyRoute, familyRoute } from './family-route.ts';

/** What the manifest of its family says of one packet. */
export interface PacketTarget {
  readonly name: string;
  readonly family: FamilyRoute;
  readonly lane: string;
  readonly stages: ReadonlySet<string>;
  readonly rate: string;
  /** Its own failure reply, as the list to send; empty when it has none. */
  readonly refused: readonly Packet[];
}

export interface SectionOwner {
  readonly family: string;
  readonly rule: SectionRule;
}

/** A manifest that was not taken, and why. */
export interface RefusedManifest {
  readonly family: string;
  readonly error: EdgeError;
}

export interface TableChange {
  readonly table: RouteTable;
  readonly refused: readonly RefusedManifest[];
}

const LIFECYCLE_NAMES: ReadonlySet<string> = new Set(Object.values(LIFECYCLE));
const NO_PACKETS: readonly Packet[] = [];

/** Who handles what. Immutable: a change gives a new table, and turns in flight finish by the old one. */
export class RouteTable {
  readonly families: ReadonlyMap<string, FamilyRoute>;
  readonly packets: ReadonlyMap<string, PacketTarget>;
  /** Packets of a type that no schema describes. */
  readonly types: ReadonlyMap<number, PacketTarget>;
  /** Signals but for `edge.*`: each belongs to one family. */
  readonly signals: ReadonlyMap<string, FamilyRoute>;
  /** `edge.*` signals with all families that list them. */
  readonly lifecycle: ReadonlyMap<string, readonly FamilyRoute[]>;
  readonly timers: ReadonlyMap<string, FamilyRoute>;
  readonly sections: ReadonlyMap<string, SectionOwner>;

  static readonly empty = new RouteTable([]);

  private constructor(families: readonly FamilyRoute[]) {
    const packets = new Map<string, PacketTarget>();
    const types = new Map<number, PacketTarget>();
    const signals = new Map<string, FamilyRoute>();
    const lifecycle = new Map<string, FamilyRoute[]>();
    const timers = new Map<string, FamilyRoute>();
    const sections = new Map<string, SectionOwner>();
    for (const family of families) {
      const { manifest } = family;
      for (const [name, route] of Object.entries(manifest.packets)) {
        const refused = route.refused === undefined ? NO_PACKETS : [route.refused];
        const target = {
          name,
          family,
          lane: route.lane,
          stages: new Set(route.stages),
          rate: route.rate,
          refused,
        };
        packets.set(name, target);
        if (route.type !== undefined) types.set(route.type, target);
      }
      for (const name of manifest.signals) {
        if (!LIFECYCLE_NAMES.has(name)) signals.set(name, family);
        else if (!lifecycle.get(name)?.push(family)) lifecycle.set(name, [family]);
      }
      for (const name of manifest.timers) timers.set(name, family);
      for (const [name, rule] of Object.entries(manifest.sections.owns))
        sections.set(name, { family: family.name, rule });
    }
    this.families = new Map(families.map((family) => [family.name, family]));
    this.packets = packets;
    this.types = types;
    this.signals = signals;
    this.lifecycle = lifecycle;
    this.timers = timers;
    this.sections = sections;
  }

  /** A table of several manifests; one that contradicts an earlier one is refused, the others stay. */
  static of(manifests: Iterable<Manifest>): TableChange {
    let table = RouteTable.empty;
    const refused: RefusedManifest[] = [];
    for (const manifest of manifests) {
      const change = table.withManifest(manifest);
      table = change.table;
      refused.push(...change.refused);
    }
    return { table, refused };
  }

  /**
   * With a new family, or with another version of one that is here. A manifest that claims what another family has is refused
   * as a whole (`packet_claimed`), as is one that contradicts itself (`bad_manifest`): the table stays as it was then.
   * @param functionName what the invoker calls; the name of the family unless said otherwise
   */
  withManifest(manifest: Manifest, functionName: string = manifest.name): TableChange {
    const others = [...this.families.values()].filter((family) => family.name !== manifest.name);
    const error = contradiction(manifest) ?? conflict(manifest, new RouteTable(others), LIFECYCLE_NAMES);
    if (error !== null) return { table: this, refused: [{ family: manifest.name, error }] };
    const route = familyRoute(manifest, functionName);
    const families = this.families.has(manifest.name)
      ? [...this.families.values()].map((family) => (family.name === manifest.name ? route : family))
      : [...others, route];
    return { table: new RouteTable(families), refused: [] };
  }

  /** Without a family; its packets are unhandled from then on. */
  without(family: string): RouteTable {
    return new RouteTable([...this.families.values()].filter(({ name }) => name !== family));
  }
}
