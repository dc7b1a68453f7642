import type { EdgeConnection } from '../ports/connection.ts';
import type { Broadcast } from './broadcast.ts';
import type { Outlet } from './options.ts';
import type { Seen } from './seen.ts';
import type { Topic } from './topics.ts';

/** A connection of this process as delivery knows it. */
export interface Member {
  readonly id: string;
  readonly connection: EdgeConnection;
  /** Null for actors: they watch nothing. */
  readonly outlet: Outlet | null;
  /** What it sees. */
  readonly watch: Set<Topic>;
  /** Objects that its client was shown and not yet told to remove. */
  readonly visible: Set<Seen>;
  /** Keys of objects that are shown whatever the limit. */
  pinned: ReadonlySet<string>;
  /** Newest replaceable packets of objects outside the nearest, kept until its next turn in the crowd; by object and replace key. */
  readonly late: Map<Seen, Map<string, Broadcast>>;
  /** The squared distance of the farthest of its nearest objects; infinite while there is room for all. */
  reach: number;
  /** When the crowd last looked after it, milliseconds of the monotonic clock. */
  tended: number;
  /** Topics that each family has it watch. */
  readonly wanted: Map<string, readonly string[]>;
  /** Objects that each family pins. */
  readonly pins: Map<string, readonly string[]>;
  /** What it is seen as. */
  seen: Seen | null;
  /** What it shows besides: an actor's monsters and items, by key. */
  readonly objects: Map<string, Seen>;
  /** Where it takes signals and packets by identity. */
  addresses: ReadonlySet<string>;
}

export function newMember(connection: EdgeConnection, outlet: Outlet | null): Member {
  return {
    id: connection.id,
    connection,
    outlet,
    watch: new Set(),
    visible: new Set(),
    pinned: new Set(),
    late: new Map(),
    reach: Number.POSITIVE_INFINITY,
    tended: Number.NEGATIVE_INFINITY,
    wanted: new Map(),
    pins: new Map(),
    seen: null,
    objects: new Map(),
    addresses: new Set(),
  };
}
