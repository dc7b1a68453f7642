import type { Message, Turn } from '../../shared/contract/index.ts';
import type { Channel } from './channel.ts';
import type { FamilyRoute } from './family-route.ts';
import type { Waiting } from './waiting.ts';

/** A turn from its first attempt until it was applied or given up. All but `attempt` is fixed. */
export class TurnRecord {
  readonly channel: Channel;
  readonly family: FamilyRoute;
  readonly taken: readonly Waiting[];
  /** Estimated bytes in an event. */
  readonly size: number;
  turn: Turn;
  /** How often it failed with no other turn to blame. */
  failures = 0;

  constructor(channel: Channel, family: FamilyRoute, taken: readonly Waiting[], turn: Turn, size: number) {
    this.channel = channel;
    this.family = family;
    this.taken = taken;
    this.turn = turn;
    this.size = size;
  }

  get id(): string {
    return this.turn.turnId;
  }

  /** The next attempt: identical but for its number. */
  again(): void {
    this.turn = { ...this.turn, attempt: this.turn.attempt + 1 };
  }
}

/** The bounds of one turn. */
export interface TurnBounds {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * Takes the longest run of waiting messages that may share a turn: the same family and lane, as deep in signals, allowed in the
 * stage of the moment. A message that is not allowed now waits, since one before it may change the stage; one that is to be alone is.
 */
export function takeRun(channel: Channel, bounds: TurnBounds): Waiting[] {
  const { queue } = channel;
  const first = queue.shift();
  if (first === undefined) return [];
  const run = [first];
  if (first.alone) return run;
  let bytes = first.size;
  while (run.length < bounds.messages) {
    const next = queue.peek();
    if (next === undefined) break;
    if (next.revoked) {
      queue.shift();
      continue;
    }
    if (
      next.alone ||
      next.lane !== first.lane ||
      next.depth !== first.depth ||
      bytes + next.size > bounds.bytes
    )
      break;
    if (next.packet !== null && !next.packet.target.stages.has(channel.connection.stage)) break;
    queue.shift();
    run.push(next);
    bytes += next.size;
  }
  return run;
}

export const messagesOf = (run: readonly Waiting[]): Message[] => run.map(({ message }) => message);
