import type { Channel } from './channel.ts';
import type { Lane } from './lane.ts';
import type { RoutingParts } from './parts.ts';
import { estimateFrozen } from './size-estimate.ts';
import { timeLimits } from './time-limits.ts';
import { messagesOf, TurnRecord, takeRun } from './turn.ts';

/** What every turn carries besides its messages and its state. */
const TURN_BYTES = 400;

/** Makes the turns of a lane's next invocation of whoever stands in its line. */
export class Gatherer {
  readonly #parts: RoutingParts;
  /** Called with a connection that has nothing for this lane any more. */
  readonly #passOver: (channel: Channel) => void;

  constructor(parts: RoutingParts, passOver: (channel: Channel) => void) {
    this.#parts = parts;
    this.#passOver = passOver;
  }

  /** At least one turn when anyone is there, bounded by count and estimated bytes. */
  gather(lane: Lane): TurnRecord[] {
    const { clock } = this.#parts;
    const now = clock.now();
    const monotonic = clock.monotonic();
    const most = lane.turns;
    const { maxBytes } = lane.batching;
    const records: TurnRecord[] = [];
    let bytes = 0;
    while (records.length < most) {
      const record = this.#next(lane, now, monotonic);
      if (record === null) break;
      if (records.length > 0 && bytes + record.size > maxBytes) {
        lane.carried = record;
        break;
      }
      records.push(record);
      bytes += record.size;
    }
    return records;
  }

  /** Fixes the turn of the next connection in line. */
  #next(lane: Lane, now: number, monotonic: number): TurnRecord | null {
    if (lane.carried !== null) {
      const carried = lane.carried;
      lane.carried = null;
      return carried;
    }
    for (let channel = lane.line.shift(); channel !== undefined; channel = lane.line.shift()) {
      if (channel.line !== lane) continue;
      channel.line = null;
      const head = channel.queue.peek();
      if (head === undefined || head.revoked || head.lane !== lane) {
        this.#passOver(channel);
        continue;
      }
      return this.#turn(channel, lane, now, monotonic);
    }
    return null;
  }

  #turn(channel: Channel, lane: Lane, now: number, monotonic: number): TurnRecord {
    const { limits, random } = this.#parts;
    const { family } = lane;
    const run = takeRun(channel, {
      messages: lane.single ? 1 : limits.turnMessages,
      bytes: limits.turnBytes,
    });
    const { state } = channel.connection;
    const shown = state.view(family.view);
    let size = TURN_BYTES;
    let since = monotonic;
    for (const { size: bytes, since: at } of run) {
      size += bytes;
      if (at < since) since = at;
    }
    for (const name in shown.sections) {
      const section = shown.sections[name];
      if (section !== undefined) size += estimateFrozen(section);
    }
    const turn = {
      turnId: channel.nextTurnId(),
      attempt: 1,
      now,
      seed: random(),
      epoch: state.epoch,
      deadline: now + timeLimits(family.manifest.timeout).deadline,
      connection: channel.facts(this.#parts.public),
      state: shown,
      messages: messagesOf(run),
    };
    const record = new TurnRecord(channel, family, run, turn, size);
    channel.turn = record;
    channel.known = true;
    lane.measures.queueDelay((monotonic - since) / 1000);
    return record;
  }
}
