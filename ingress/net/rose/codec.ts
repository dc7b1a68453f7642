import { type FrameCodec, type FrameVerdict, partial } from '../framing.ts';
import { HEADER } from './cipher.ts';
import { detect } from './detect.ts';
import { nextEnciphered, nextPlain } from './frames.ts';
import type { RoseKey } from './key.ts';
import type { RosePolicy } from './policy.ts';

/** The variant of connections that are not enciphered. */
export const PLAIN = 'plain';

/** The server's side of one connection: learns from its first six bytes how the client speaks, and keeps to it. */
export class RoseCodec implements FrameCodec {
  readonly #policy: RosePolicy;
  readonly #verdict: FrameVerdict;
  /** Undefined: not decided; null: plain. */
  #key: RoseKey | null | undefined;

  constructor(policy: RosePolicy, verdict: FrameVerdict) {
    this.#policy = policy;
    this.#verdict = verdict;
    if (policy.cipher === 'none') this.#key = null;
    else if (policy.cipher === 'rose' && policy.keys.length === 1) this.#key = policy.keys[0];
  }

  get variant(): string | undefined {
    return this.#key === null ? PLAIN : this.#key?.variant;
  }

  next(buffer: Buffer, start: number, end: number): FrameVerdict {
    let key = this.#key;
    if (key === undefined) {
      if (end - start < HEADER) return partial(this.#verdict, HEADER);
      const detection = detect(this.#policy, buffer, start, end);
      if (typeof detection === 'number') return partial(this.#verdict, detection);
      key = detection === 'plain' ? null : detection;
      this.#key = key;
    }
    const { maxFrame, crc } = this.#policy;
    if (key === null) return nextPlain(this.#verdict, crc, maxFrame, buffer, start, end);
    return nextEnciphered(this.#verdict, key, 'c2s', maxFrame, buffer, start, end);
  }
}
