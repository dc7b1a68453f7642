import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { bad, type FrameCodec, type FrameVerdict, newVerdict, partial } from './framing.ts';

/** What a preamble says about the bytes at hand; `need` is at most the size of a largest frame. */
export type PreambleVerdict =
  | { readonly kind: 'partial'; readonly need: number }
  | { readonly kind: 'done'; readonly consumed: number; readonly remoteAddress: string | undefined }
  | { readonly kind: 'bad'; readonly code: ErrorCode };

/**
 * What a connection says before its first frame, such as the line in which a load balancer names the true peer. The connection
 * is opened only when it is read.
 */
export interface Preamble {
  read(buffer: Buffer, start: number, end: number): PreambleVerdict;
}

/** Lets a preamble read first; every later call goes to the framing's codec. */
export class PreambleCodec implements FrameCodec {
  readonly #codec: FrameCodec;
  readonly #done: (remoteAddress: string | undefined) => void;
  #preamble: Preamble | undefined;

  constructor(preamble: Preamble, codec: FrameCodec, done: (remoteAddress: string | undefined) => void) {
    this.#preamble = preamble;
    this.#codec = codec;
    this.#done = done;
  }

  get variant(): string | undefined {
    return this.#codec.variant;
  }

  next(buffer: Buffer, start: number, end: number): FrameVerdict {
    const said = this.#preamble?.read(buffer, start, end);
    if (said === undefined) return this.#codec.next(buffer, start, end);
    if (said.kind === 'partial') return partial(newVerdict(), said.need);
    if (said.kind === 'bad') return bad(newVerdict(), said.code);
    this.#preamble = undefined;
    this.#done(said.remoteAddress);
    return { ...newVerdict(), kind: 'skip', consumed: said.consumed };
  }
}
