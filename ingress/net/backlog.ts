/** Frames in their wire form that wait behind a slow client. One that is replaced leaves its place to those behind it. */
export class Backlog {
  // A map keeps its order, and a key set anew after a delete goes to the end. Frames that nothing replaces get a number of their own.
  readonly #frames = new Map<string | number, Buffer>();
  #added = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Takes the frame of this key out; returns whether there was one. */
  takeOut(key: string): boolean {
    const frame = this.#frames.get(key);
    if (frame === undefined) return false;
    this.#frames.delete(key);
    this.#bytes -= frame.length;
    return true;
  }

  /** Adds a frame at the end. No other of its key may wait; null when none ever replaces it. */
  add(key: string | null, frame: Buffer): void {
    this.#added += 1;
    this.#frames.set(key ?? this.#added, frame);
    this.#bytes += frame.length;
  }

  /** All frames in the order of sending. */
  frames(): Iterable<Buffer> {
    return this.#frames.values();
  }
}
