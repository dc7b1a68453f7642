import { LIFECYCLE } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { Ownership } from '../ports/state.ts';
import type { Channel } from './channel.ts';
import type { Flow } from './flow.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { RoutingParts } from './parts.ts';
import type { Signals } from './signals.ts';
import type { Timers } from './timers.ts';

/** Actors of this process: connections without a socket, started by the first signal to their address. */
export class Actors {
  readonly #parts: RoutingParts;
  readonly #lifecycle: Lifecycle;
  readonly #flow: Flow;
  readonly #signals: Signals;
  readonly #timers: Timers;
  readonly #starting = new Map<string, Promise<EdgeConnection | null>>();
  readonly #running = new Map<string, Channel>();
  #stopped = false;

  constructor(parts: RoutingParts, lifecycle: Lifecycle, flow: Flow, signals: Signals, timers: Timers) {
    this.#parts = parts;
    this.#lifecycle = lifecycle;
    this.#flow = flow;
    this.#signals = signals;
    this.#timers = timers;
  }

  /** The actor of an address: the one that runs here, or a new one that has taken its state over. Null when it could not. */
  start(address: string): Promise<EdgeConnection | null> {
    const running = this.#running.get(address);
    if (running !== undefined && running.phase === 'open') return Promise.resolve(running.connection);
    let starting = this.#starting.get(address);
    if (starting === undefined) {
      starting = this.#start(address, running).finally(() => this.#starting.delete(address));
      this.#starting.set(address, starting);
    }
    return starting;
  }

  /** No actor starts from now on. Resolves when those that were about to have let their state go again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#starting.values());
  }

  /** An actor's connection has ended. */
  ended(connection: EdgeConnection): void {
    const { actor } = connection;
    if (actor === null || this.#running.get(actor)?.connection !== connection) return;
    this.#running.delete(actor);
    this.#parts.meter.gauge('actors_active', {}, this.#running.size);
  }

  async #start(address: string, leaving: Channel | undefined): Promise<EdgeConnection | null> {
    // The one that is ending lets its state go first.
    await leaving?.done;
    if (this.#stopped) return null;
    const { keeper, delivery, ids, meter } = this.#parts;
    const id = ids();
    const state = keeper.open();
    const connection: EdgeConnection = {
      id,
      kind: 'actor',
      actor: address,
      address: '',
      stage: 'actor',
      state,
      socket: null,
    };
    const ownership = await this.#claim(connection, address);
    if (ownership === null || this.#stopped) {
      await keeper.close(connection);
      return null;
    }
    delivery.attach(connection);
    const channel = this.#lifecycle.open(connection);
    this.#running.set(address, channel);
    meter.gauge('actors_active', {}, this.#running.size);
    this.#timers.restore(channel, ownership.timers);
    const { characterId, epoch } = ownership;
    for (const message of this.#signals.lifecycle(channel, LIFECYCLE.owned, { characterId, epoch }))
      this.#flow.enqueue(channel, message);
    return connection;
  }

  async #claim(
    connection: EdgeConnection,
    address: string,
  ): Promise<(Ownership & { readonly kind: 'owned' }) | null> {
    const { keeper, log } = this.#parts;
    const facts = { actor: address, connection: connection.id };
    try {
      const change = { characterId: address };
      const ownership = await keeper.commit(connection, {
        turnId: `${connection.id}:0`,
        family: 'edge',
        owns: {},
        change,
      });
      if (ownership.kind === 'owned') return ownership;
      log.warn({ ...facts, code: 'ownership_denied', outcome: ownership.kind }, 'actor not started');
    } catch (error) {
      log.error(
        { ...facts, code: EdgeError.is(error) ? error.code : 'persist_failed', err: error },
        'actor not started',
      );
    }
    return null;
  }
}
