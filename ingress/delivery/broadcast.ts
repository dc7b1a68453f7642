import type { Framing } from '../net/framing.ts';

/** Frames that were encoded once for any number of clients; sealed once for each cipher variant that asks. */
export class Broadcast {
  /** Packet names, for metrics. */
  readonly names: readonly string[];
  readonly frames: readonly Buffer[];
  readonly #framing: Pick<Framing, 'seal'>;
  #variant: string | undefined;
  #sealed: Buffer = Buffer.alloc(0);
  #others: Map<string, Buffer> | undefined;

  /** The frames are plain and never change again. */
  constructor(framing: Pick<Framing, 'seal'>, frames: readonly Buffer[], names: readonly string[]) {
    this.#framing = framing;
    this.frames = frames;
    this.names = names;
  }

  /** All frames in the wire form of a variant, in one buffer that every client of the variant shares. */
  sealed(variant: string): Buffer {
    if (variant === this.#variant) return this.#sealed;
    let sealed = this.#others?.get(variant);
    if (sealed === undefined) {
      const parts = this.frames.map((frame) => this.#framing.seal(frame, variant));
      const only = parts.length === 1 ? parts[0] : undefined;
      sealed = only ?? Buffer.concat(parts);
      this.#others ??= new Map();
      this.#others.set(variant, sealed);
    }
    this.#variant = variant;
    this.#sealed = sealed;
    return sealed;
  }
}
