import type { Place } from '../../shared/contract/index.ts';
import type { Broadcast } from './broadcast.ts';
import type { Member } from './member.ts';
import type { Topic } from './topics.ts';

/** An object placed in a topic: one of this process, or the copy of another's. */
export interface Seen {
  /** Unique among the living. */
  readonly key: string;
  /** The connection that is seen. */
  readonly connection: string;
  /** The ingress process of that connection. */
  readonly origin: string;
  version: number;
  place: Place;
  topic: Topic;
  /** Members here that were shown it. */
  readonly viewers: Set<Member>;
  /** Its presence packet as last encoded, with the moment (milliseconds since 1970) it is true for. */
  appear: { readonly at: number; readonly packet: Broadcast } | null;
  vanish: Broadcast | null;
  /** Its packets cannot be encoded; nobody is shown it until it changes. */
  broken: boolean;
}

export function newSeen(
  key: string,
  connection: string,
  origin: string,
  version: number,
  place: Place,
  topic: Topic,
): Seen {
  return {
    key,
    connection,
    origin,
    version,
    place,
    topic,
    viewers: new Set(),
    appear: null,
    vanish: null,
    broken: false,
  };
}
