import type { Place } from './place.ts';

/** Text of generated code: a plain property name, already checked to be an identifier. */
export function key(name: string): string {
  return JSON.stringify(name);
}

/**
 * Collects the lines of one generated function and keeps the read or write position: `base`, a variable of the generated
 * code, plus a distance known here. One length check covers all fixed fields up to the next one of open size.
 */
export class Emitter {
  readonly lines: string[] = [];
  base = 'p';
  at = 0;
  #names = 0;
  #check: { line: number; place: Place } | undefined;
  /** Inside a list of fixed elements, whose room was checked for all at once. */
  #covered = false;
  readonly #shortage: (bytes: number, place: Place) => string;

  constructor(shortage: (bytes: number, place: Place) => string) {
    this.#shortage = shortage;
  }

  line(text: string): void {
    this.lines.push(text);
  }

  fresh(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** The offset of the byte `plus` behind the position, and makes sure that a length check covers what comes. */
  position(plus = 0): string {
    const distance = this.at + plus;
    return distance === 0 ? this.base : `${this.base} + ${distance}`;
  }

  /** Steps over `bytes` after the code that reads or writes them; `place` names the field in a shortage. */
  advance(bytes: number): void {
    this.at += bytes;
  }

  /** To be called before code that touches fixed bytes: opens the length check of the run if none is open. */
  cover(place: Place): void {
    if (this.#covered || this.#check !== undefined) return;
    this.#check = { line: this.lines.length, place };
    this.lines.push('');
  }

  /** Ends a run of fixed fields: fills in its length check and moves the base up to the position. */
  settle(): void {
    if (this.#check !== undefined) {
      this.lines[this.#check.line] = this.#shortage(this.at, this.#check.place);
      this.#check = undefined;
    }
    if (this.at > 0 && !this.#covered) {
      this.line(`${this.base} += ${this.at};`);
      this.at = 0;
    }
  }

  /** Runs `body` for one element of a list of fixed elements that starts at the variable `base`. */
  within(base: string, body: () => void): void {
    const saved = { base: this.base, at: this.at, covered: this.#covered };
    this.base = base;
    this.at = 0;
    this.#covered = true;
    body();
    this.base = saved.base;
    this.at = saved.at;
    this.#covered = saved.covered;
  }
}
