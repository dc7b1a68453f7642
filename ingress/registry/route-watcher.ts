import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Cancel, Clock } from '../ports/clock.ts';
import type { Invoker } from '../routing/invoker/index.ts';
import { type Described, describe, markOf } from './described.ts';
import type { RouteBook } from './route-book.ts';
import type { RoutePointer, RouteSource } from './route-source.ts';

export interface RouteWatcherOptions {
  readonly source: RouteSource;
  readonly invoker: Invoker;
  readonly book: RouteBook;
  readonly meter: Meter;
  readonly log: Log;
  readonly clock: Clock;
  /** Milliseconds between looks. */
  readonly every: number;
}

/** Milliseconds for one look. */
const LIST_WITHIN = 10_000;
/** A registry that cannot be reached is asked less and less often, at most so many times the usual wait. */
const LONGEST_BACK_OFF = 16;

/** Keeps the route book up with the registry: looks at it again and again, and at once when told to. */
export class RouteWatcher {
  readonly #options: RouteWatcherOptions;
  /** What each family was last taken, or refused, by. */
  readonly #known = new Map<string, string>();
  /** Families whose manifest was refused; a change of another one may make room for them. */
  readonly #refused = new Set<string>();
  /** Faults that were told already: a broken entry is logged once, not at every look. */
  readonly #told = new Map<string, string>();
  #looking: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #cancel: Cancel = () => undefined;
  #stopped = false;

  constructor(options: RouteWatcherOptions) {
    this.#options = options;
  }

  /** Looks now, whatever the plan. A look under way is followed by another, since it may have read what was before. */
  refresh(): Promise<void> {
    if (this.#looking !== null) {
      this.#again = true;
      return this.#looking;
    }
    this.#cancel();
    this.#looking = this.#lookUntilDone().finally(() => {
      this.#looking = null;
      this.#plan();
    });
    return this.#looking;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #plan(): void {
    if (this.#stopped) return;
    const factor = Math.min(2 ** this.#failures, LONGEST_BACK_OFF);
    this.#cancel = this.#options.clock.schedule(this.#options.every * factor, () => void this.refresh());
  }

  async #lookUntilDone(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#look();
      } catch (error) {
        // A manifest that brings this code down must not bring the players down.
        this.#options.log.error(
          { code: 'internal_error', err: error },
          'a look at the route registry failed; what is routed stays',
        );
      }
    } while (this.#again && !this.#stopped);
  }

  async #look(): Promise<void> {
    const { source, meter, log } = this.#options;
    let listed: Awaited<ReturnType<RouteSource['list']>>;
    try {
      listed = await source.list(AbortSignal.timeout(LIST_WITHIN));
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      meter.count('route_updates_total', { outcome: 'unreachable' });
      log.warn(
        { code: 'registry_unreachable', error: String(error) },
        'the route registry cannot be read; what is routed stays',
      );
      return;
    }
    for (const { family, problem } of listed.faults) this.#fault(family, problem);
    const changed = listed.pointers.filter((pointer) => this.#known.get(pointer.family) !== markOf(pointer));
    const described = await Promise.all(changed.map((pointer) => this.#describe(pointer)));
    // One after the other, in the order of their names: of two that claim one packet, all copies of the ingress take the same.
    const byName = described
      .filter((one) => one !== null)
      .sort((a, b) => (a.pointer.family < b.pointer.family ? -1 : 1));
    for (const one of byName) this.#take(one);
    this.#forgetAllBut(new Set([...listed.pointers, ...listed.faults].map(({ family }) => family)));
  }

  #forgetAllBut(present: ReadonlySet<string>): void {
    const { book } = this.#options;
    // A refused one may be routed still by its last good version, though what it was refused by was forgotten to try it again.
    for (const family of new Set([...this.#known.keys(), ...this.#refused])) {
      if (present.has(family)) continue;
      this.#known.delete(family);
      this.#refused.delete(family);
      if (!book.table.families.has(family)) continue;
      book.remove(family);
      this.#makeRoom();
    }
  }

  /** Null for what cannot be taken now; it is asked again at the next look: a function deployed this moment may not answer yet. */
  #describe(pointer: RoutePointer): Promise<Described | null> {
    return describe(pointer, this.#options.invoker).catch((error: unknown) => {
      this.#fault(pointer.family, EdgeError.is(error) ? error.message : String(error));
      return null;
    });
  }

  #take({ pointer, manifest }: Described): void {
    const { family, functionName, version } = pointer;
    this.#known.set(family, markOf(pointer));
    this.#told.delete(family);
    if (!this.#options.book.put(manifest, functionName)) {
      this.#refused.add(family);
      return;
    }
    this.#refused.delete(family);
    this.#options.log.info({ family, functionName, version }, 'family routed');
    this.#makeRoom();
  }

  /** What was refused is tried again, at once: what it claimed may be free now. */
  #makeRoom(): void {
    for (const refused of this.#refused) this.#known.delete(refused);
    this.#again ||= this.#refused.size > 0;
  }

  #fault(family: string, problem: string): void {
    if (this.#told.get(family) === problem) return;
    this.#told.set(family, problem);
    this.#options.meter.count('route_updates_total', { outcome: 'refused' });
    this.#options.log.error(
      { code: 'bad_route_entry', family, problem },
      'route entry refused; the last good one stays',
    );
  }
}
