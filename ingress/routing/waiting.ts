import type { Message } from '../../shared/contract/index.ts';
import type { Lane } from './lane.ts';
import type { LivePacket } from './live-packet.ts';

/** A message on its way through a connection's queue, with what routing has to know of it. */
export class Waiting {
  readonly message: Message;
  /** The lane that takes it; another one after the route table was replaced. */
  lane: Lane;
  /** Its route when it is a packet, null for signals and timers. */
  packet: LivePacket | null;
  /** How many signals deep it is; 0 for packets and timers. */
  readonly depth: number;
  /** Estimated bytes in an event. */
  readonly size: number;
  /** When it was read or made, on the monotonic clock. */
  readonly since: number;
  /** A timer that was cancelled or moved after it came due: it is passed over. */
  revoked = false;
  /** Its turn was answered wrongly as a whole: it gets a turn of its own, so that the one to blame is found. */
  alone = false;
  /** The section that keeps a timer: the commit of its turn takes it out there. Null for all else. */
  readonly section: string | null;

  constructor(
    message: Message,
    lane: Lane,
    packet: LivePacket | null,
    depth: number,
    size: number,
    since: number,
    section: string | null = null,
  ) {
    this.message = message;
    this.lane = lane;
    this.packet = packet;
    this.depth = depth;
    this.size = size;
    this.since = since;
    this.section = section;
  }
}
