import { Arena } from './arena.ts';

/** Something that gathered bytes in this tick. */
export interface Flushable {
  flush(): void;
}

/** Runs the gathered writes of all connections once a tick, after everything that the tick's reads and results brought. */
export class Flusher {
  readonly arena = new Arena();
  readonly #defer: (run: () => void) => void;
  #dirty: Flushable[] = [];
  #spare: Flushable[] = [];
  readonly #run = (): void => this.flushAll();

  /** `defer` calls back once at the end of the tick. */
  constructor(defer: (run: () => void) => void = (run) => void setImmediate(run)) {
    this.#defer = defer;
  }

  /** Has `flush` called at the end of this tick. Called once a tick by each who gathered something. */
  add(flushable: Flushable): void {
    if (this.#dirty.push(flushable) === 1) this.#defer(this.#run);
  }

  flushAll(): void {
    const dirty = this.#dirty;
    this.#dirty = this.#spare;
    for (const flushable of dirty) flushable.flush();
    dirty.length = 0;
    this.#spare = dirty;
    // A flush writes and calls nobody, so nothing can have been gathered meanwhile.
    this.arena.reset();
  }
}
