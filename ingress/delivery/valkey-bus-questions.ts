import type { Json } from '../../shared/contract/index.ts';
import type { Cancel, Clock } from '../ports/clock.ts';

interface Open {
  /** Who has not answered yet. */
  readonly waiting: Set<string>;
  readonly settle: (answer: Json) => void;
}

/** Questions that wait for answers of other processes. */
export class Questions {
  readonly #open = new Map<number, Open>();
  readonly #clock: Clock;
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The first answer that is not null; null when all asked said so, are gone, or time is up. `send` is called once for each. */
  ask(
    ids: readonly string[],
    timeoutMs: number,
    send: (id: string, question: number) => void,
  ): Promise<Json> {
    if (ids.length === 0) return Promise.resolve(null);
    this.#last += 1;
    const question = this.#last;
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const settle = (answer: Json): void => {
        cancel();
        this.#open.delete(question);
        resolve(answer);
      };
      cancel = this.#clock.schedule(timeoutMs, () => settle(null));
      this.#open.set(question, { waiting: new Set(ids), settle });
      for (const id of ids) send(id, question);
    });
  }

  answered(id: string, question: number, answer: Json): void {
    const open = this.#open.get(question);
    if (open === undefined || !open.waiting.delete(id)) return;
    if (answer !== null || open.waiting.size === 0) open.settle(answer);
  }

  /** That process will not answer any more. */
  gone(id: string): void {
    for (const question of [...this.#open.keys()]) this.answered(id, question, null);
  }

  /** Nobody will answer any more. */
  end(): void {
    for (const { settle } of [...this.#open.values()]) settle(null);
  }
}
