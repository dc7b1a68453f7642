import type { JsonObject, TimerChange } from '../../contract/index.ts';

export interface ArmedTimer {
  readonly name: string;
  readonly at: number;
  readonly payload: JsonObject;
}

/** The timers of one connection, as the ingress keeps them. */
export class TestTimers {
  readonly #armed = new Map<string, ArmedTimer>();

  apply(changes: readonly TimerChange[]): void {
    for (const change of changes) {
      if ('cancel' in change) this.#armed.delete(change.name);
      else this.#armed.set(change.name, { name: change.name, at: change.at, payload: change.payload ?? {} });
    }
  }

  /** Takes the earliest timer that is due at `now`. */
  due(now: number): ArmedTimer | undefined {
    const [first] = this.armed;
    if (first === undefined || first.at > now) return undefined;
    this.#armed.delete(first.name);
    return first;
  }

  /** All armed timers, the earliest first. */
  get armed(): readonly ArmedTimer[] {
    return [...this.#armed.values()].sort((a, b) => a.at - b.at);
  }
}
