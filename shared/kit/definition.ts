import type {
  Batching,
  JsonObject,
  NamedPacket,
  SectionRule,
  ServiceName,
  TableGrants,
} from '../contract/index.ts';
import type { ClientPackets } from '../protocol/packets.generated.ts';
import type { CustomHandler, PacketHandler, SignalHandler, TimerHandler } from './handler.ts';
import type { SectionKey, SectionNameOf, SectionTypes } from './section-types.ts';

/** Settings of the process, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What every packet rule says. */
export interface RouteRule {
  /** Stages in which the packet is allowed. */
  readonly stages: readonly string[];
  /** Rate class; @default 'default' */
  readonly rate?: string;
  /** Lane; @default 'main' */
  readonly lane?: string;
  /** Its own failure reply, for a wrong stage and for a handler that failed. @default none */
  readonly refused?: NamedPacket;
}

export interface PacketRule<N extends keyof ClientPackets, S extends SectionKey, V> extends RouteRule {
  readonly handle: PacketHandler<N, S, V>;
}

export interface CustomRule<S extends SectionKey, V> extends RouteRule {
  /** Type number of a packet that no schema describes: it reaches the handler as `{raw}`, its bytes in base64. @default it has a schema */
  readonly type?: number;
  readonly handle: CustomHandler<S, V>;
}

/** What a feature team writes: one family, its packets, sections and handlers. */
export interface FamilyDefinition<S extends SectionKey, V> {
  /** Lower-case letters, digits and hyphens; also the folder name. */
  readonly name: string;
  readonly packets: { readonly [N in keyof ClientPackets]?: PacketRule<N, S, V> };
  /** Packets whose schema the family brings itself (`schemas`), or that have none (`type`). @default none */
  readonly custom?: Readonly<Record<string, CustomRule<S, V>>>;
  /** @default none */
  readonly schemas?: readonly JsonObject[];
  /** @default none */
  readonly signals?: Readonly<Record<string, SignalHandler<S, V>>>;
  /** Signals without which a client cannot go on: when one is refused or fails, the client is closed instead of left waiting. @default none */
  readonly vital?: readonly string[];
  /** @default none */
  readonly timers?: Readonly<Record<string, TimerHandler<S, V>>>;
  readonly state: {
    readonly owns: { readonly [K in keyof SectionTypes<S>]?: SectionRule };
    readonly reads: readonly SectionNameOf<S>[];
  };
  /** @default DEFAULT_BATCHING */
  readonly batching?: Partial<Batching>;
  /** @default none */
  readonly lanes?: Readonly<Record<string, Partial<Batching>>>;
  /** Milliseconds that one invocation may take. @default 3000 */
  readonly timeout?: number;
  /** Megabytes of the function. @default 256 */
  readonly memory?: number;
  /** What its services do in the tables. @default nothing */
  readonly tables?: TableGrants;
  /** Settings that `services` reads. @default none */
  readonly settings?: readonly string[];
  /** Services that it calls, for policy and documentation. @default none */
  readonly uses?: readonly ServiceName[];
  /** Builds the services once per environment (process or Lambda sandbox). `grants` are the `tables` above: a store is opened with them. */
  readonly services: (environment: Environment, grants: TableGrants) => V;
}
