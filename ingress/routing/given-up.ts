import { ERRORS, type ErrorCode } from '../../shared/errors/catalogue.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Channel } from './channel.ts';
import type { LiveRoutes } from './live-routes.ts';
import type { RoutingParts } from './parts.ts';
import type { Timers } from './timers.ts';
import type { TurnRecord } from './turn.ts';
import { type VitalFailure, vitalIn } from './vital.ts';
import type { Waiting } from './waiting.ts';

/** What the end of a turn may lead to. */
export interface ApplyCalls {
  /** These did not run, and come first again. */
  again(channel: Channel, messages: readonly Waiting[]): void;
  /** The turn is done: the next one of its connection may begin. */
  advance(channel: Channel): void;
  /** The connection must end now. */
  shut(channel: Channel, code: ErrorCode): void;
}

/** The end of turns that come to nothing: each is answered or its connection closed, and always counted. */
export class GivenUp {
  readonly #parts: RoutingParts;
  readonly #routes: LiveRoutes;
  readonly #timers: Timers;
  readonly #calls: ApplyCalls;

  constructor(parts: RoutingParts, routes: LiveRoutes, timers: Timers, calls: ApplyCalls) {
    this.#parts = parts;
    this.#routes = routes;
    this.#timers = timers;
    this.#calls = calls;
  }

  /** Gives a turn up: failure replies, counted; the connection goes on with what waits behind it. */
  drop(record: TurnRecord, code: ErrorCode): void {
    const { channel, taken, family } = record;
    if (channel.turn !== record) return;
    const { delivery, log, meter } = this.#parts;
    const measures = this.#routes.measures(family.name);
    for (const { packet } of taken) {
      measures.refused(code);
      if (packet !== null && packet.target.refused.length > 0)
        delivery.reply(channel.connection, packet.target.refused);
    }
    // What a section keeps is kept still: whoever cancels or moves it must find it.
    for (const waiting of taken) if (waiting.section === null) this.#timers.taken(channel, waiting);
    meter.count('drops_total', { what: 'turn', reason: code });
    const { id } = channel.connection;
    log.error(
      { code, family: family.name, turnId: record.id, connection: id, messages: taken.length },
      'turn dropped',
    );
    channel.turn = null;
    const signal = vitalIn(record);
    if (signal !== null) this.vital(record, { signal, reason: code });
    this.#calls.advance(channel);
  }

  /** Its messages come first again, each in a turn of its own: only those that are to blame come to nothing. */
  takeApart(record: TurnRecord): void {
    const { channel, taken } = record;
    if (channel.turn !== record) return;
    if (channel.phase === 'closing') {
      this.drop(record, 'turn_failed');
      return;
    }
    for (const waiting of taken) waiting.alone = true;
    this.#calls.again(channel, taken);
    channel.turn = null;
    this.#calls.advance(channel);
  }

  /** The client cannot go on: it is closed, so that it does not wait for what never comes. */
  vital({ channel, family }: TurnRecord, { signal, reason }: VitalFailure): void {
    const facts = {
      code: 'vital_failed',
      family: family.name,
      connection: channel.connection.id,
      signal,
      reason,
    };
    this.#parts.log.warn(facts, 'the client cannot go on: its connection is closed');
    this.#calls.shut(channel, 'vital_failed');
  }

  /** The state was not kept: no reply leaves, as what it says would not be true. */
  notKept(record: TurnRecord, reason: unknown): void {
    const { channel, family } = record;
    if (channel.turn !== record) return;
    const code = EdgeError.is(reason) ? reason.code : 'persist_failed';
    const facts = {
      code,
      family: family.name,
      turnId: record.id,
      connection: channel.connection.id,
      err: reason,
    };
    if (code === 'foreign_section') {
      this.#parts.log.error(facts, 'turn refused: it changes a section of another family');
      this.drop(record, code);
      return;
    }
    this.#parts.log.error(facts, 'state not kept: replies held back, connection closed');
    this.#parts.meter.count('drops_total', { what: 'turn', reason: code });
    this.count(record.taken, code);
    channel.turn = null;
    this.#calls.shut(channel, ERRORS[code].closes ? code : 'persist_failed');
    this.#calls.advance(channel);
  }

  /** Counts messages that will not run. */
  count(messages: readonly Waiting[], code: ErrorCode): void {
    for (const { message } of messages)
      this.#parts.meter.count('drops_total', { what: message.kind, reason: code });
  }
}
