import type { Manifest } from '../../shared/contract/index.ts';
import { parseManifest } from '../../shared/contract/parse/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Cancel, Clock } from '../ports/clock.ts';
import type { Invoker } from '../routing/invoker/index.ts';
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

/** Milliseconds for one look, and for one family to describe itself. */
const LIST_WITHIN = 10_000;
const DESCRIBE_WITHIN = 10_000;
/** A registry that cannot be reached is asked less and less often, at most so many times the usual wait. */
const LONGEST_BACK_OFF = 16;

/** Keeps the route book up with the registry: looks at it again and again, and at once when told to. */
export class RouteWatcher {
  readonly #options: RouteWatcherOptions;
  /** What each family was last taken, or refused, by. */
  readonly #known = new Map<string, string>();
  /** Families whose manifest was refused; another family's end may make room for them. */
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
    const { source, book, meter, log } = this.#options;
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
    await Promise.all(listed.pointers.map((pointer) => this.#follow(pointer)));
    const present = new Set([...listed.pointers, ...listed.faults].map(({ family }) => family));
    for (const family of [...this.#known.keys()]) {
      if (present.has(family)) continue;
      this.#known.delete(family);
      this.#refused.delete(family);
      if (!book.table.families.has(family)) continue;
      book.remove(family);
      for (const refused of this.#refused) this.#known.delete(refused);
      this.#again ||= this.#refused.size > 0;
    }
  }

  async #follow(pointer: RoutePointer): Promise<void> {
    const { family, functionName, version } = pointer;
    const mark = `${functionName} ${version}`;
    if (this.#known.get(family) === mark) return;
    let manifest: Manifest;
    try {
      manifest = await this.#describe(pointer);
    } catch (error) {
      // Asked again at the next look: a function that was deployed this moment may not answer yet.
      this.#fault(family, EdgeError.is(error) ? error.message : String(error));
      return;
    }
    this.#known.set(family, mark);
    this.#told.delete(family);
    if (!this.#options.book.put(manifest, functionName)) this.#refused.add(family);
    else {
      this.#refused.delete(family);
      this.#options.log.info({ family, functionName, version }, 'family routed');
    }
  }

  async #describe({ family, functionName }: RoutePointer): Promise<Manifest> {
    const signal = AbortSignal.timeout(DESCRIBE_WITHIN);
    const manifest = parseManifest(await this.#options.invoker.describe({ family, functionName }, signal));
    if (manifest.name === family) return manifest;
    throw new EdgeError('bad_manifest', `the entry ${family} points to family ${manifest.name}`, { family });
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
