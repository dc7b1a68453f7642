/** Remembers at least the last `span` keys, and never more than twice as many. */
export class SeenKeys {
  #recent = new Set<string>();
  #older = new Set<string>();
  readonly #span: number;

  constructor(span = 128) {
    this.#span = span;
  }

  has(key: string): boolean {
    return this.#recent.has(key) || this.#older.has(key);
  }

  /** True when the key is new; it is known from now on. */
  add(key: string): boolean {
    if (this.has(key)) return false;
    this.#recent.add(key);
    if (this.#recent.size >= this.#span) {
      this.#older = this.#recent;
      this.#recent = new Set();
    }
    return true;
  }
}
