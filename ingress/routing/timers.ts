import type { ArmTimer, TimerChange } from '../../shared/contract/index.ts';
import type { StoredTimer } from '../ports/state.ts';
import type { Channel } from './channel.ts';
import type { LiveRoutes } from './live-routes.ts';
import type { RoutingParts } from './parts.ts';
import { estimateSize } from './size-estimate.ts';
import { type TimerEntry, TimerHeap } from './timer-heap.ts';
import { Waiting } from './waiting.ts';

/** The named timers of all connections. One that is due becomes a message in its connection's order. */
export class Timers {
  readonly #parts: RoutingParts;
  readonly #routes: LiveRoutes;
  readonly #heap: TimerHeap;
  readonly #enqueue: (channel: Channel, message: Waiting) => void;

  constructor(
    parts: RoutingParts,
    routes: LiveRoutes,
    enqueue: (channel: Channel, message: Waiting) => void,
  ) {
    this.#parts = parts;
    this.#routes = routes;
    this.#enqueue = enqueue;
    this.#heap = new TimerHeap(parts.clock, (entry) => this.#due(entry));
  }

  get armed(): number {
    return this.#heap.size;
  }

  /** The changes without those of timers that belong to other families: to cancel one would change their sections too. */
  own(family: string, changes: readonly TimerChange[]): readonly TimerChange[] {
    const foreign = ({ name }: TimerChange): boolean => {
      const owner = this.#routes.timer(name)?.family.name;
      return owner !== undefined && owner !== family;
    };
    const left = changes.filter(foreign);
    if (left.length === 0) return changes;
    const { log, meter } = this.#parts;
    meter.count('drops_total', { what: 'timer', reason: 'foreign_timer' }, left.length);
    const facts = { code: 'foreign_timer', family, timer: left[0]?.name };
    log.error(facts, 'a result changes a timer of another family; that is left out');
    return changes.filter((change) => !foreign(change));
  }

  /** Arms, moves or cancels. What was due already but has not run is taken back too. */
  change(channel: Channel, change: TimerChange): void {
    this.#forget(channel, change.name);
    if ('cancel' in change) return;
    if (this.#routes.timer(change.name) === undefined) this.#unhandled(channel, change.name);
    else this.#arm(channel, change);
  }

  /** Arms again what was kept with a section; also what no family has at present: it may come back before the timer is due. */
  restore(channel: Channel, timers: readonly StoredTimer[]): void {
    for (const timer of timers) {
      this.#forget(channel, timer.name);
      this.#arm(channel, timer);
    }
  }

  /** The sections of a connection were let go: the timers that they keep no longer concern it. */
  clearStored(channel: Channel): void {
    for (const entry of channel.timers.values())
      if (entry.section !== null) this.#forget(channel, entry.name);
  }

  clear(channel: Channel): void {
    for (const name of channel.timers.keys()) this.#forget(channel, name);
  }

  /** The message of a timer was handled, or given up. Until then a change of the timer takes it back. */
  taken(channel: Channel, message: Waiting): void {
    const entry = channel.timers.get(message.message.name);
    if (entry?.message === message) channel.timers.delete(entry.name);
  }

  #arm(channel: Channel, { name, at, payload = {}, section }: ArmTimer): void {
    const { phase } = channel;
    // It took its state over while it was closed: nothing comes after `edge.closing`, and nobody would ever take the timer out.
    if (phase === 'closing' || phase === 'closed') return;
    const size = 96 + estimateSize(payload);
    const kept = section ?? null;
    const entry: TimerEntry = { channel, name, at, payload, size, section: kept, index: -1, message: null };
    channel.timers.set(name, entry);
    this.#heap.add(entry);
  }

  #forget(channel: Channel, name: string): void {
    const entry = channel.timers.get(name);
    if (entry === undefined) return;
    channel.timers.delete(name);
    this.#heap.remove(entry);
    if (entry.message !== null) entry.message.revoked = true;
  }

  #due(entry: TimerEntry): void {
    const { channel, name, at, payload, size, section } = entry;
    const lane = this.#routes.timer(name);
    if (lane === undefined) {
      // Its section keeps it still: whoever cancels or moves it must find it.
      if (section === null) channel.timers.delete(name);
      this.#unhandled(channel, name);
      return;
    }
    const message = { seq: channel.nextSeq(), kind: 'timer', name, at, payload } as const;
    const waiting = new Waiting(message, lane, null, 0, size, this.#parts.clock.monotonic(), section);
    entry.message = waiting;
    this.#enqueue(channel, waiting);
  }

  #unhandled(channel: Channel, name: string): void {
    const { log, meter } = this.#parts;
    meter.count('drops_total', { what: 'timer', reason: 'signal_unhandled' });
    log.warn(
      { code: 'signal_unhandled', timer: name, connection: channel.connection.id },
      'no family has this timer',
    );
  }
}
