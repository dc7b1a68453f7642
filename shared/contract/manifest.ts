import type { TableGrants } from './grants.ts';
import type { JsonObject } from './json.ts';
import type { Packet } from './packet.ts';
import type { SectionClass } from './state.ts';

/**
 * What a family says of itself. From it come the route table, the family's own stack, and its entry in the route registry.
 * Plain JSON: a `describe` invocation answers with it.
 */
export interface Manifest {
  /** Version of the manifest. */
  readonly v: 1;
  /** Lower-case letters, digits and hyphens; also the folder name. */
  readonly name: string;
  /** Client packets that the family handles, by name. */
  readonly packets: Readonly<Record<string, PacketRoute>>;
  /** Signals that it listens to. `edge.*` ones go to every family that lists them, others belong to one family. */
  readonly signals: readonly string[];
  /**
   * Those of `signals` without which a client cannot go on, such as the one that lets it into the world. A client of which one is refused, or fails,
   * is closed (`vital_failed`) instead of left waiting.
   */
  readonly vital: readonly string[];
  /** Timers that it arms; each belongs to one family. */
  readonly timers: readonly string[];
  /** State that its handlers work with. */
  readonly sections: {
    /** Sections that this family alone writes. */
    readonly owns: Readonly<Record<string, SectionRule>>;
    /** Sections of others that its handlers are shown. */
    readonly reads: readonly string[];
  };
  /** How its turns are gathered, but for those of its lanes. */
  readonly batching: Batching;
  /** Lanes of their own for slow packets, by lane name; missing values come from `batching`. */
  readonly lanes: Readonly<Record<string, Partial<Batching>>>;
  /** Milliseconds that one invocation may take. */
  readonly timeout: number;
  /** Megabytes of the function. */
  readonly memory: number;
  /** Tables and the keys in them with what is done there: the store lets a family do no more, and its policy on AWS says the same. */
  readonly tables: TableGrants;
  /** Settings (environment variables) that its services read. */
  readonly settings: readonly string[];
  /** Services that it calls. */
  readonly services: readonly ServiceName[];
  /** Schemas of packets that the protocol does not know yet, in the vocabulary of `docs/packets.md`. */
  readonly schemas: readonly JsonObject[];
}

export type ServiceName = 'auth' | 'character' | 'world';

/** How one packet is let in. */
export interface PacketRoute {
  /** Stages in which the packet is allowed; others answer `refused` and count `wrong_stage`. */
  readonly stages: readonly string[];
  /** Rate class; `default` is 60 packets a second with a burst of 300 for a connection. */
  readonly rate: string;
  /** Lane; `main` unless said otherwise. */
  readonly lane: string;
  /** Type number of a packet that no schema describes; it travels as `raw`. Absent: a schema of this name exists. */
  readonly type?: number;
  /** The packet's own failure reply: for a wrong stage and for a handler that failed. */
  readonly refused?: Packet;
}

/** How turns of a family are gathered into invocations. */
export interface Batching {
  /** Turns in one invocation. */
  readonly maxBatch: number;
  /** Invocations under way at a time, per ingress. */
  readonly maxInFlight: number;
  /** Bytes of one event, as estimated; a turn that is larger goes alone. A result that the platform refuses for its size is a failure: its turns come again in halves. */
  readonly maxBytes: number;
}

/** How one section is kept. */
export interface SectionRule {
  /** How it is kept. */
  readonly class: SectionClass;
  /** Schema version of the section, from 1. */
  readonly version: number;
  /** Where a derived section's entity lies; `{characterId}` and `{userId}` are filled in. */
  readonly source?: { readonly table: string; readonly key: string; readonly sort: string };
}

/** Batching of a family that says nothing. */
export const DEFAULT_BATCHING: Batching = { maxBatch: 256, maxInFlight: 4, maxBytes: 1_000_000 };
