import type { Flow } from './valkey-bus-flow.ts';
import { isOwn, type Letter, type Stamp, seal } from './valkey-bus-letter.ts';

/** What one run of a process writes. A letter gets its number when it leaves, so that numbers rise in the order of leaving. */
export class Mail {
  readonly #writer: Omit<Stamp, 'n'>;
  readonly #flow: Flow;
  #n = 0;

  constructor(writer: Omit<Stamp, 'n'>, flow: Flow) {
    this.#writer = writer;
    this.#flow = flow;
  }

  /** Whether this run wrote what came. */
  wrote(text: string): boolean {
    return isOwn(text, this.#writer.boot);
  }

  send(channel: string, letter: Letter): void {
    this.sendText(channel, JSON.stringify(letter));
  }

  /** As `send`, for a letter that is text already. */
  sendText(channel: string, letter: string): void {
    this.#flow.send(channel, () => this.#seal(letter), letter.length);
  }

  /** As `send`; what the letter says is asked when it leaves. */
  sendLate(channel: string, letter: () => Letter): void {
    this.#flow.send(channel, () => this.#seal(JSON.stringify(letter())));
  }

  /** Leaves before all that waits. Only in `onListening` of the flow. */
  sendFirst(channel: string, letter: Letter): void {
    this.#flow.sendFirst(channel, () => this.#seal(JSON.stringify(letter)));
  }

  #seal(letter: string): string {
    this.#n += 1;
    const { boot, from } = this.#writer;
    return seal({ boot, n: this.#n, from }, letter);
  }
}
