import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { type Channel, PAUSED } from './channel.ts';
import type { Lane } from './lane.ts';
import type { LivePacket } from './live-packet.ts';
import type { LiveRoutes } from './live-routes.ts';
import type { RoutingParts } from './parts.ts';
import type { Pressure } from './pressure.ts';
import type { Waiting } from './waiting.ts';

/** What the order of a connection asks of the rest. */
export interface FlowCalls {
  /** The connection's next turn is for this lane. */
  ready(channel: Channel, lane: Lane): void;
  /** Nothing is left of a connection that ends. */
  idle(channel: Channel): void;
  /** The connection must end now, whatever waits. */
  shut(channel: Channel, code: ErrorCode): void;
}

/** The strict order of each connection: one turn in flight, the next begins when it is applied. */
export class Flow {
  readonly #parts: RoutingParts;
  readonly #routes: LiveRoutes;
  readonly #pressure: Pressure;
  readonly #calls: FlowCalls;

  constructor(parts: RoutingParts, routes: LiveRoutes, pressure: Pressure, calls: FlowCalls) {
    this.#parts = parts;
    this.#routes = routes;
    this.#pressure = pressure;
    this.#calls = calls;
  }

  /** Puts a message at the end of its connection's queue. */
  enqueue(channel: Channel, message: Waiting): void {
    const { queue } = channel;
    const { limits } = this.#parts;
    // One before it may just have filled the queue: nothing comes after `edge.closing`.
    if (channel.phase === 'closing' || channel.phase === 'closed') {
      this.#parts.meter.count('drops_total', { what: message.message.kind, reason: channel.code });
      return;
    }
    if (queue.reaches(1, limits)) {
      this.#parts.meter.count('drops_total', { what: message.message.kind, reason: 'queue_full' });
      this.#calls.shut(channel, 'queue_full');
      return;
    }
    queue.push(message);
    if (queue.length >= limits.queueHigh || queue.bytes >= this.#pressure.mark) this.pause(channel, 'queue');
    if (channel.turn === null && channel.line === null) this.advance(channel);
  }

  /** Stops reading from the client until that reason is gone. */
  pause(channel: Channel, reason: keyof typeof PAUSED): void {
    if (channel.pause(PAUSED[reason])) this.#parts.meter.count('reads_paused_total', { reason });
  }

  /** Brings the connection's next message on its way, unless one is already. */
  advance(channel: Channel): void {
    const { queue } = channel;
    const { limits } = this.#parts;
    if (channel.hangUp && channel.turn === null) {
      channel.hangUp = false;
      channel.connection.socket?.close(channel.code);
    }
    while (channel.turn === null && channel.line === null && channel.phase !== 'closed') {
      if (
        (channel.paused & PAUSED.queue) !== 0 &&
        queue.length <= limits.queueLow &&
        queue.bytes < this.#pressure.mark
      ) {
        channel.resume(PAUSED.queue);
      }
      const head = queue.peek();
      if (head === undefined) {
        if (channel.phase !== 'open') this.#calls.idle(channel);
        return;
      }
      if (head.revoked) queue.shift();
      else if (head.packet !== null && !head.packet.target.stages.has(channel.connection.stage)) {
        queue.shift();
        this.#refuse(channel, head.packet);
      } else this.#calls.ready(channel, head.lane);
    }
  }

  /** Finds the way of all that waits anew, by the present routes. What nobody handles any more is counted and dropped. */
  reroute(channel: Channel): void {
    channel.queue.putBack(this.#handled(channel.queue.clear()));
    // It may stand in the line of a lane that is no longer its own.
    channel.line = null;
    this.advance(channel);
  }

  /** These come first again, by the present routes: others may have come into force while their turn was in flight. */
  again(channel: Channel, messages: readonly Waiting[]): void {
    channel.queue.putBack(this.#handled(messages));
  }

  #handled(messages: readonly Waiting[]): Waiting[] {
    return messages.filter((waiting) => {
      const handled = this.#follow(waiting);
      if (!handled)
        this.#parts.meter.count('drops_total', { what: waiting.message.kind, reason: 'unhandled' });
      return handled;
    });
  }

  #follow(waiting: Waiting): boolean {
    const { message } = waiting;
    let lane: Lane | undefined;
    if (message.kind === 'packet') {
      const live = this.#routes.packet(message.name) ?? this.#routes.type(message.type);
      waiting.packet = live ?? null;
      lane = live?.lane;
    } else if (message.kind === 'timer') lane = this.#routes.timer(message.name);
    else {
      const listeners = this.#routes.listeners(message.name);
      lane =
        this.#routes.signal(message.name) ??
        listeners.find(({ family }) => family.name === waiting.lane.family.name);
    }
    if (lane !== undefined) waiting.lane = lane;
    return lane !== undefined;
  }

  /** Asked only when the packet's turn has come: those before it may have changed the stage. */
  #refuse(channel: Channel, packet: LivePacket): void {
    const { clock, delivery, limits } = this.#parts;
    const { family, refused } = packet.target;
    // It never comes to its lane, which would report it.
    packet.lane.report();
    this.#routes.measures(family.name).refused('wrong_stage');
    if (refused.length > 0) delivery.reply(channel.connection, refused);
    if (channel.refusals.add(clock.monotonic()) >= limits.refusalsPerMinute)
      this.#calls.shut(channel, 'too_many_refusals');
  }
}
