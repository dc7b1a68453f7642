import { CONTRACT_VERSION } from '../../shared/contract/index.ts';
import { attempt } from './attempt.ts';
import type { Channel } from './channel.ts';
import { Gatherer } from './gather.ts';
import { HeldLanes } from './held-lanes.ts';
import type { Lane } from './lane.ts';
import { Outcomes, type TurnSink } from './outcomes.ts';
import type { RoutingParts } from './parts.ts';
import { classify, type Failure, throttleWait } from './retry.ts';
import { timeLimits } from './time-limits.ts';
import type { TurnRecord } from './turn.ts';

/** Turns whose connection has not been ended by force meanwhile. */
const living = (records: readonly TurnRecord[]): TurnRecord[] =>
  records.filter(({ channel, id }) => channel.turn?.id === id);

/** Gathers ready turns of all connections into invocations: at most `maxInFlight` of a lane at a time, each taking all that is ready. */
export class Dispatcher {
  readonly #parts: RoutingParts;
  readonly #gatherer: Gatherer;
  readonly #outcomes: Outcomes;
  readonly #held: HeldLanes;

  constructor(parts: RoutingParts, sink: TurnSink) {
    this.#parts = parts;
    this.#gatherer = new Gatherer(parts, (channel) => sink.advance(channel));
    this.#outcomes = new Outcomes(parts, sink, (lane, groups, wait) => this.#again(lane, groups, wait));
    this.#held = new HeldLanes(
      parts,
      (lane) => this.#soon(lane),
      (lane) => this.#giveUpHeld(lane, sink),
    );
  }

  /** The connection has a turn for this lane. */
  ready(channel: Channel, lane: Lane): void {
    channel.line = lane;
    lane.line.push(channel);
    this.#soon(lane);
  }

  #soon(lane: Lane): void {
    if (lane.due) return;
    lane.due = true;
    this.#parts.defer(() => this.#flush(lane));
  }

  #flush(lane: Lane): void {
    lane.due = false;
    lane.report();
    while (lane.free && lane.wanted) {
      if (lane.family.durable && !this.#parts.keeper.healthy) {
        this.#held.hold(lane);
        return;
      }
      const retry = lane.retries.shift();
      const records = retry === undefined ? this.#gatherer.gather(lane) : living(retry);
      if (records.length > 0) this.#invoke(lane, records);
    }
  }

  #invoke(lane: Lane, records: readonly TurnRecord[]): void {
    lane.inFlight += 1;
    lane.measures.inFlight(1);
    lane.measures.batch(records.length);
    this.#attempt(lane, records, 1, this.#parts.clock.monotonic());
  }

  /** `count` says how often nothing ran before, plus one; `since` is when it first was tried. */
  #attempt(lane: Lane, records: readonly TurnRecord[], count: number, since: number): void {
    const [first] = records;
    if (first === undefined) {
      this.#release(lane);
      return;
    }
    const { clock, ingress } = this.#parts;
    const { family } = first;
    const started = clock.monotonic();
    const event = {
      v: CONTRACT_VERSION,
      family: family.name,
      ingress,
      turns: records.map(({ turn }) => turn),
    } as const;
    attempt(
      this.#parts,
      family.target,
      event,
      timeLimits(family.manifest.timeout).ingress,
      (raw) => {
        lane.measures.invocation((clock.monotonic() - started) / 1000);
        this.#release(lane);
        this.#outcomes.answered(lane, records, raw, event);
      },
      (reason) => {
        const failure = classify(reason, family.name);
        if (failure.unsent && this.#resend(lane, records, failure.outcome, count, since)) return;
        this.#release(lane);
        this.#outcomes.failed(lane, records, failure, started);
      },
    );
  }

  /** Nothing ran: the same again soon. The invocation keeps its place, so that a family under pressure is not pressed harder. */
  #resend(
    lane: Lane,
    records: readonly TurnRecord[],
    outcome: Failure['outcome'],
    count: number,
    since: number,
  ): boolean {
    const { clock, limits, random } = this.#parts;
    if (clock.monotonic() - since >= limits.throttleTotal) return false;
    lane.measures.ended(outcome);
    clock.schedule(throttleWait(count, limits, random), () =>
      this.#attempt(lane, living(records), count + 1, since),
    );
    return true;
  }

  #release(lane: Lane): void {
    lane.inFlight -= 1;
    lane.measures.inFlight(-1);
    if (lane.wanted) this.#soon(lane);
  }

  #again(lane: Lane, groups: readonly TurnRecord[][], wait: number): void {
    this.#parts.clock.schedule(wait, () => {
      for (const group of groups) {
        for (const record of group) record.again();
        lane.retries.push(group);
      }
      this.#soon(lane);
    });
  }

  #giveUpHeld(lane: Lane, sink: TurnSink): void {
    const held = lane.retries.splice(0).flatMap(living);
    // Those who come into line by this stand behind those who are there now, and wait their own time.
    for (let left = lane.line.length + 1; left > 0 && lane.wanted; left -= 1) {
      const records = this.#gatherer.gather(lane);
      held.push(...records);
      left -= Math.max(0, records.length - 1);
    }
    for (const record of held) sink.drop(record, 'heartbeat_lost');
    if (lane.wanted) this.#soon(lane);
  }
}
