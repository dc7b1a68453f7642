/**
 * Calls of one key one after the other, each with what the one before it left behind. They are right without it, by their conditions;
 * but those that come together would only refuse each other. Nothing is remembered when nobody waits.
 */
export class InTurn<T> {
  readonly #last = new Map<string, Promise<T | null>>();

  async run<R>(
    key: string,
    call: (left: T | null) => Promise<{ readonly result: R; readonly left: T | null }>,
  ): Promise<R> {
    const before = this.#last.get(key) ?? Promise.resolve(null);
    const running = before.then(call);
    const last = running.then(
      ({ left }) => left,
      () => null,
    );
    this.#last.set(key, last);
    try {
      return (await running).result;
    } finally {
      if (this.#last.get(key) === last) this.#last.delete(key);
    }
  }
}
