import { type Delivery, LIFECYCLE, type TurnResult } from '../../shared/contract/index.ts';
import { ERRORS, type ErrorCode } from '../../shared/errors/catalogue.ts';
import type { Ownership } from '../ports/state.ts';
import type { Channel } from './channel.ts';
import { commitOf, countDone } from './commit.ts';
import type { ApplyCalls, GivenUp } from './given-up.ts';
import type { LiveRoutes } from './live-routes.ts';
import type { RoutingParts } from './parts.ts';
import type { Signals } from './signals.ts';
import type { Timers } from './timers.ts';
import type { TurnRecord } from './turn.ts';
import { refusedVital } from './vital.ts';

const UNCHANGED: Ownership = { kind: 'unchanged' };

/** Applies the result of a turn as a whole: state first, then everything that leaves. */
export class Applier {
  readonly #parts: RoutingParts;
  readonly #routes: LiveRoutes;
  readonly #signals: Signals;
  readonly #timers: Timers;
  readonly #givenUp: GivenUp;
  readonly #calls: ApplyCalls;

  constructor(
    parts: RoutingParts,
    routes: LiveRoutes,
    signals: Signals,
    timers: Timers,
    givenUp: GivenUp,
    calls: ApplyCalls,
  ) {
    this.#parts = parts;
    this.#routes = routes;
    this.#signals = signals;
    this.#timers = timers;
    this.#givenUp = givenUp;
    this.#calls = calls;
  }

  apply(record: TurnRecord, answered: TurnResult): void {
    const { channel, family } = record;
    if (channel.turn !== record) return;
    const timers = answered.timers && this.#timers.own(family.name, answered.timers);
    const result = timers === undefined || timers === answered.timers ? answered : { ...answered, timers };
    const done = countDone(result, record.taken.length);
    const commit = commitOf(record, result, done);
    if (commit === null) {
      this.#finish(record, result, done, UNCHANGED);
      return;
    }
    this.#parts.keeper.commit(channel.connection, commit).then(
      (ownership) => this.#finish(record, result, done, ownership),
      (reason: unknown) => this.#givenUp.notKept(record, reason),
    );
  }

  #finish(record: TurnRecord, result: TurnResult, done: number, ownership: Ownership): void {
    const { channel } = record;
    if (channel.turn !== record) return;
    try {
      this.#putBack(record, done);
      // Before another character comes: what the turn says of timers is about those of the one before, and was kept with it.
      for (const change of result.timers ?? []) this.#timers.change(channel, change);
      this.#identity(channel, result, ownership);
      this.#send(record, result);
      this.#count(record, result);
    } catch (error) {
      const facts = {
        family: record.family.name,
        turnId: record.id,
        connection: channel.connection.id,
        err: error,
      };
      this.#parts.log.error({ ...facts, code: 'bad_result' }, 'a result could not be applied whole');
      this.#parts.meter.count('drops_total', { what: 'result', reason: 'bad_result' });
    }
    channel.turn = null;
    const failed = refusedVital(record, result);
    if (result.close !== undefined) this.#close(channel, result.close.reason);
    else if (failed !== null) this.#givenUp.vital(record, failed);
    this.#calls.advance(channel);
  }

  /** Messages that did not run come first again; but what a change of ownership brings about comes before them. */
  #putBack({ channel, taken }: TurnRecord, done: number): void {
    for (let index = 0; index < done; index += 1) {
      const waiting = taken[index];
      if (waiting !== undefined && waiting.message.kind === 'timer') this.#timers.taken(channel, waiting);
    }
    if (done === taken.length) return;
    const left = taken.slice(done);
    if (channel.phase === 'closing') this.#givenUp.count(left, channel.code);
    else this.#calls.again(channel, left);
  }

  #identity(channel: Channel, { state }: TurnResult, ownership: Ownership): void {
    const { connection } = channel;
    if (state?.stage !== undefined) connection.stage = state.stage;
    if (ownership.kind !== 'unchanged') this.#timers.clearStored(channel);
    if (ownership.kind === 'owned') {
      this.#timers.restore(channel, ownership.timers);
      const { characterId, epoch } = ownership;
      this.#first(channel, LIFECYCLE.owned, { characterId, epoch });
    }
    if (ownership.kind === 'denied') {
      const { characterId, reason } = ownership;
      this.#first(channel, LIFECYCLE.denied, { characterId, reason });
    }
    const renamed =
      state?.userId !== undefined || state?.sessionId !== undefined || state?.characterId !== undefined;
    if (renamed || state?.stage !== undefined || ownership.kind !== 'unchanged')
      this.#parts.delivery.identify(connection);
  }

  #first(channel: Channel, name: string, payload: Record<string, string | number>): void {
    if (channel.phase === 'closing') return;
    channel.queue.putBack(this.#signals.lifecycle(channel, name, payload));
  }

  #send(
    { channel, family, taken, id }: TurnRecord,
    { replies, place, objects, watch, pin, deliveries, signals }: TurnResult,
  ): void {
    const { delivery } = this.#parts;
    const { connection } = channel;
    if (replies !== undefined && replies.length > 0 && (channel.phase !== 'closing' || channel.hangUp))
      delivery.reply(connection, replies);
    if (place !== undefined || objects !== undefined || watch !== undefined || pin !== undefined)
      delivery.look(connection, family.name, {
        ...(place === undefined ? {} : { place }),
        ...(objects === undefined ? {} : { objects }),
        ...(watch === undefined ? {} : { watch }),
        ...(pin === undefined ? {} : { pin }),
      });
    if (deliveries !== undefined)
      for (const each of deliveries) delivery.deliver(connection, resolveSelf(each, connection.id));
    if (signals !== undefined && signals.length > 0)
      this.#signals.send(channel, signals, taken[0]?.depth ?? 0, id);
  }

  #count({ family, taken }: TurnRecord, { refusals, failedAt }: TurnResult): void {
    const measures = this.#routes.measures(family.name);
    for (const { reason } of refusals ?? []) measures.refused(reason);
    if (failedAt !== undefined && !refusals?.some(({ message }) => message === failedAt))
      measures.refused('handler_failed');
    const [first] = taken;
    if (first !== undefined && first.packet !== null) {
      measures.processing((this.#parts.clock.monotonic() - first.since) / 1000);
    }
  }

  /** Reasons of the catalogue keep their code, so that a logout is counted as one. */
  #close(channel: Channel, reason: string): void {
    const known = Object.hasOwn(ERRORS, reason) && ERRORS[reason as ErrorCode].area === 'session';
    this.#parts.log.debug({ connection: channel.connection.id, reason }, 'closed by a handler');
    this.#calls.shut(channel, known ? (reason as ErrorCode) : 'refused_by_handler');
  }
}

/** `self` stands for the turn's own connection. */
function resolveSelf(delivery: Delivery, id: string): Delivery {
  if (delivery.to !== 'self' && delivery.except !== 'self') return delivery;
  const resolved = delivery.except === 'self' ? { ...delivery, except: id } : delivery;
  return resolved.to === 'self' ? { ...resolved, to: `connection/${id}` } : resolved;
}
