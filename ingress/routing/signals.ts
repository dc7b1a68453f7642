import { type JsonObject, LIFECYCLE, type Signal } from '../../shared/contract/index.ts';
import type { SignalEnvelope } from '../ports/delivery.ts';
import type { Channel } from './channel.ts';
import type { Lane } from './lane.ts';
import type { LiveRoutes } from './live-routes.ts';
import type { RoutingParts } from './parts.ts';
import { estimateSize } from './size-estimate.ts';
import { Waiting } from './waiting.ts';

/** Names of the ingress's own signals begin so; handlers cannot send them. */
const RESERVED = 'edge.';
/** What others may fill of a connection's queue: the rest is left for what comes of itself, or many could close one by signals. */
const SHARE_OF_OTHERS = 0.5;

/** Signals in and out: each is a message in its receiver's order. */
export class Signals {
  readonly #parts: RoutingParts;
  readonly #routes: LiveRoutes;
  readonly #enqueue: (channel: Channel, message: Waiting) => void;

  constructor(
    parts: RoutingParts,
    routes: LiveRoutes,
    enqueue: (channel: Channel, message: Waiting) => void,
  ) {
    this.#parts = parts;
    this.#routes = routes;
    this.#enqueue = enqueue;
  }

  /** Sends what a turn signals. `depth` is that of the turn's messages, `turnId` makes the keys by which each runs once. */
  send(channel: Channel, signals: readonly Signal[], depth: number, turnId: string): void {
    const { connection } = channel;
    const from = { connection: connection.id, characterId: connection.state.characterId, hops: depth + 1 };
    for (let index = 0; index < signals.length; index += 1) {
      const signal = signals[index];
      if (signal === undefined || !this.#allowed(channel, signal, from.hops)) continue;
      const { to, name, payload } = signal;
      const envelope = { to, name, payload, from, key: `${turnId}/${index}` };
      if (to === 'self') this.take(channel, { ...envelope, to: `connection/${connection.id}` });
      else this.#away(channel, envelope);
    }
  }

  /** Takes a signal for a connection of this process; false when it is about to end, or has too many to handle already. */
  take(channel: Channel, envelope: SignalEnvelope): boolean {
    const itself = envelope.from.connection === channel.connection.id;
    // What it tells itself is a consequence of what it sent: it is still handled when the client has said all.
    const own = channel.phase === 'ending' && itself;
    if (channel.phase !== 'open' && !own) return false;
    const full = !itself && channel.queue.reaches(SHARE_OF_OTHERS, this.#parts.limits);
    if (full && !channel.seen.has(envelope.key)) {
      this.#parts.meter.count('drops_total', { what: 'signal', reason: 'queue_full' });
      return false;
    }
    if (!channel.seen.add(envelope.key)) {
      this.#count('duplicate');
      return true;
    }
    const lane = this.#routes.signal(envelope.name);
    if (lane === undefined) this.#unhandled(channel, envelope.name);
    else {
      this.#count('taken');
      this.#enqueue(channel, this.#message(channel, lane, envelope));
    }
    return channel.phase === 'open' || own;
  }

  /** The messages by which the ingress tells all families that listen. */
  lifecycle(channel: Channel, name: string, payload: JsonObject, depth = 0): Waiting[] {
    const from = {
      connection: channel.connection.id,
      characterId: channel.connection.state.characterId,
      hops: depth,
    };
    const to = `connection/${channel.connection.id}`;
    return this.#routes
      .listeners(name)
      .map((lane) => this.#message(channel, lane, { name, payload, to, from }));
  }

  #message(channel: Channel, lane: Lane, { name, payload, to, from }: Omit<SignalEnvelope, 'key'>): Waiting {
    const message = { seq: channel.nextSeq(), kind: 'signal', name, payload, to, from } as const;
    return new Waiting(
      message,
      lane,
      null,
      from.hops,
      160 + estimateSize(payload),
      this.#parts.clock.monotonic(),
    );
  }

  #allowed(channel: Channel, { to, name }: Signal, hops: number): boolean {
    const { limits, log } = this.#parts;
    const facts = { connection: channel.connection.id, to, signal: name };
    if (hops > limits.signalHops) {
      this.#count('hops');
      log.warn({ ...facts, code: 'signal_hops', hops }, 'signal dropped: too many hops');
      return false;
    }
    if (name.startsWith(RESERVED)) {
      this.#parts.meter.count('drops_total', { what: 'signal', reason: 'bad_result' });
      log.warn({ ...facts, code: 'bad_result' }, 'signal dropped: the name belongs to the ingress');
      return false;
    }
    return true;
  }

  #away(channel: Channel, envelope: SignalEnvelope): void {
    const back = (): void => this.#comeBack(channel, envelope);
    this.#parts.delivery.signal(envelope).then(
      (taken) => {
        if (!taken) back();
      },
      (error: unknown) => {
        this.#parts.log.warn(
          { code: 'signal_undeliverable', to: envelope.to, err: error },
          'signal could not be handed on',
        );
        back();
      },
    );
  }

  #comeBack(channel: Channel, { to, name, payload, from }: SignalEnvelope): void {
    this.#count('undeliverable');
    if (channel.phase !== 'open') return;
    // As deep as the signal itself, so that a handler that sends it again and again comes to the limit.
    const messages = this.lifecycle(channel, LIFECYCLE.undeliverable, { to, name, payload }, from.hops);
    for (const message of messages) this.#enqueue(channel, message);
  }

  #unhandled(channel: Channel, name: string): void {
    this.#parts.meter.count('drops_total', { what: 'signal', reason: 'signal_unhandled' });
    this.#parts.log.warn(
      { code: 'signal_unhandled', signal: name, connection: channel.connection.id },
      'no family listens to this signal',
    );
  }

  #count(outcome: 'taken' | 'duplicate' | 'undeliverable' | 'hops'): void {
    this.#parts.meter.count('signals_total', { outcome });
  }
}
