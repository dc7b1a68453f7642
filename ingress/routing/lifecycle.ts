import { LIFECYCLE } from '../../shared/contract/index.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import { Channel, PAUSED } from './channel.ts';
import type { RoutingParts } from './parts.ts';
import type { Pressure } from './pressure.ts';
import type { Signals } from './signals.ts';
import type { Timers } from './timers.ts';
import type { Waiting } from './waiting.ts';

/** Beginning and end of connections. */
export class Lifecycle {
  readonly channels = new Map<EdgeConnection, Channel>();
  readonly #parts: RoutingParts;
  readonly #signals: Signals;
  readonly #timers: Timers;
  readonly #advance: (channel: Channel) => void;
  readonly #pressure: Pressure;

  constructor(
    parts: RoutingParts,
    signals: Signals,
    timers: Timers,
    advance: (channel: Channel) => void,
    pressure: Pressure,
  ) {
    this.#parts = parts;
    this.#signals = signals;
    this.#timers = timers;
    this.#advance = advance;
    this.#pressure = pressure;
  }

  /** Whoever opens a connection has attached it to delivery, which may have to know more of it; it is detached here at its end. */
  open(connection: EdgeConnection): Channel {
    const channel = new Channel(connection, this.#pressure);
    this.channels.set(connection, channel);
    return channel;
  }

  /** The client is gone, or has said all: what was read from it is still handled, in order, then the connection ends. */
  end(channel: Channel, code: ErrorCode): void {
    if (channel.phase !== 'open') return;
    channel.phase = 'ending';
    channel.code = code;
    this.#advance(channel);
  }

  /** Ends the connection now: its turn in flight is finished, what waits is dropped. */
  shut(channel: Channel, code: ErrorCode): void {
    if (channel.phase === 'closing' || channel.phase === 'closed') return;
    if (channel.phase === 'open') channel.code = code;
    this.#drop(channel.queue.clear(), code);
    // It may stand in a line with what was dropped just now.
    channel.line = null;
    this.#beginClosing(channel);
    this.#advance(channel);
  }

  /** Nothing is left to handle. */
  idle(channel: Channel): void {
    if (channel.phase === 'ending') {
      this.#beginClosing(channel);
      this.#advance(channel);
    } else if (channel.phase === 'closing') this.#release(channel);
  }

  /** Gives up on handlers: lets the state go at once. */
  force(channel: Channel): void {
    if (channel.phase === 'closed') return;
    this.#drop(channel.turn?.taken ?? [], channel.code);
    this.#drop(channel.queue.clear(), channel.code);
    channel.turn = null;
    channel.line = null;
    this.#timers.clear(channel);
    channel.connection.socket?.close(channel.code);
    this.#release(channel);
  }

  #drop(messages: readonly Waiting[], code: ErrorCode): void {
    for (const { message } of messages)
      this.#parts.meter.count('drops_total', { what: message.kind, reason: code });
  }

  #beginClosing(channel: Channel): void {
    channel.phase = 'closing';
    this.#timers.clear(channel);
    channel.pause(PAUSED.closing);
    channel.hangUp = true;
    // Of a connection of which no handler ever heard none has to hear that it ends.
    if (!channel.known) return;
    for (const message of this.#signals.lifecycle(channel, LIFECYCLE.closing, { reason: channel.code }))
      channel.queue.push(message);
  }

  #release(channel: Channel): void {
    const { keeper, delivery, log, onClosed } = this.#parts;
    const { connection } = channel;
    channel.phase = 'closed';
    const over = (): void => {
      delivery.detach(connection);
      this.channels.delete(connection);
      channel.finish();
      onClosed(connection);
    };
    keeper.close(connection).then(over, (error: unknown) => {
      log.error(
        { code: 'persist_failed', connection: connection.id, err: error },
        'state could not be let go',
      );
      over();
    });
  }
}
