import type { Json, JsonObject } from '../../shared/contract/index.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { SignalEnvelope, SignalSink } from '../ports/delivery.ts';
import type { Addresses } from './addresses.ts';
import type { BusMember, BusRequest } from './bus.ts';
import type { DeliveryOptions } from './options.ts';

interface SignalParts {
  readonly addresses: Addresses;
  readonly bus: BusMember;
  readonly sink: SignalSink;
  readonly control: DeliveryOptions['control'];
  /** Milliseconds that another process may take to answer. */
  readonly requestMs: number;
}

/**
 * Brings signals to whoever is at an address, on any process. A connection, character, object or actor is one: the first to take the
 * signal has it, here before elsewhere. A user may have several connections, and all of them take it.
 */
export class Signals {
  readonly #parts: SignalParts;
  /** Actors for which signals wait. Until the first of them was handed over, later ones wait behind it. */
  readonly #starting = new Map<string, Promise<EdgeConnection | null>>();

  constructor(parts: SignalParts) {
    this.#parts = parts;
  }

  /**
   * False when nobody took it. A process that does not answer in time counts as nobody, although its connection may have taken it:
   * the envelope's key keeps that harmless, should it be sent again.
   */
  async send(envelope: SignalEnvelope): Promise<boolean> {
    const { to } = envelope;
    if (this.#starting.has(to)) return this.#start(envelope);
    const here = this.#takeHere(envelope);
    if (to.startsWith('user/')) return (await this.#elsewhere(envelope)) || here;
    if (here || (await this.#elsewhere(envelope))) return true;
    return to.startsWith('actor/') && (await this.#start(envelope));
  }

  /** Asks the connection at an address something, here first; null when nobody answers. */
  async ask(address: string, body: JsonObject): Promise<Json> {
    const { bus, requestMs } = this.#parts;
    const answer = await this.#answerHere(address, body);
    if (answer !== null || !bus.heard(address)) return answer;
    return bus.request(address, { k: 'control', body }, requestMs);
  }

  /** A request of another process. */
  onRequest(topic: string, request: BusRequest): Promise<Json> | Json {
    if (request.k === 'signal') return this.#takeHere(request.envelope) ? true : null;
    return this.#answerHere(topic, request.body);
  }

  /** An actor that nobody runs is started here. If another process was faster, it has the signal. */
  async #start(envelope: SignalEnvelope): Promise<boolean> {
    const { to } = envelope;
    const starting = this.#starting.get(to) ?? this.#parts.sink.startActor(to);
    this.#starting.set(to, starting);
    let actor: EdgeConnection | null;
    try {
      actor = await starting;
    } finally {
      if (this.#starting.get(to) === starting) this.#starting.delete(to);
    }
    if (actor !== null && this.#parts.sink.take(actor, envelope)) return true;
    return this.#elsewhere(envelope);
  }

  #takeHere(envelope: SignalEnvelope): boolean {
    const everybody = envelope.to.startsWith('user/');
    let taken = false;
    for (const { connection } of [...this.#parts.addresses.at(envelope.to)]) {
      if (!this.#parts.sink.take(connection, envelope)) continue;
      if (!everybody) return true;
      taken = true;
    }
    return taken;
  }

  async #elsewhere(envelope: SignalEnvelope): Promise<boolean> {
    const { bus, requestMs } = this.#parts;
    if (!bus.heard(envelope.to)) return false;
    return (await bus.request(envelope.to, { k: 'signal', envelope }, requestMs)) === true;
  }

  async #answerHere(address: string, body: JsonObject): Promise<Json> {
    const { control, addresses } = this.#parts;
    if (control === undefined) return null;
    for (const { connection } of [...addresses.at(address)]) {
      const answer = await control(connection, body);
      if (answer !== null) return answer;
    }
    return null;
  }
}
