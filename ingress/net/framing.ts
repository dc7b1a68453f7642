import type { ErrorCode } from '../../shared/errors/catalogue.ts';

/**
 * What a codec says about the bytes at hand. One object is reused for every call of one framing: read it before the next call.
 * Which fields count depends on `kind`:
 * - `frame`: `type`, `payloadStart`, `payloadEnd` (indices into the buffer) and `consumed` (bytes of the wire frame);
 * - `skip`: `consumed` bytes belong to no frame (a preamble);
 * - `partial`: `need`, the bytes that must be at hand before a further call can say more, counted from `start`;
 * - `bad`: `code`; the connection cannot go on.
 */
export interface FrameVerdict {
  kind: 'frame' | 'skip' | 'partial' | 'bad';
  type: number;
  payloadStart: number;
  payloadEnd: number;
  consumed: number;
  need: number;
  code: ErrorCode;
}

/** Cuts frames for one connection. Holds what the connection decided (such as its key), never bytes. */
export interface FrameCodec {
  /**
   * Judges `buffer[start, end)`, which begins at a frame. May decipher a whole frame in place (a partial one stays untouched),
   * keeps no reference to the buffer.
   */
  next(buffer: Buffer, start: number, end: number): FrameVerdict;
  /** How frames to this peer are sealed; undefined until the peer's first bytes have decided it. */
  readonly variant: string | undefined;
}

/** The client's side of a connection, for tests, players of the command line and load. */
export interface ClientFrameCodec extends FrameCodec {
  readonly variant: string;
  /** The wire form of a plain frame from client to server, in a buffer of its own. */
  seal(plain: Buffer): Buffer;
}

/** A protocol's header, checksum and cipher. Everything above it sees plain frames and packet types only. */
export interface Framing {
  readonly name: string;
  /** Bytes of a frame before its payload. */
  readonly headerSize: number;
  /** The largest wire frame in bytes; every `need` of its codecs is at most this. */
  readonly maxFrame: number;
  /** All the ways in which frames to a client can be sealed. */
  readonly variants: readonly string[];
  /** A codec for the server's side of one connection. */
  open(): FrameCodec;
  /** A codec for the client's side of one connection that uses this variant. */
  openClient(variant: string): ClientFrameCodec;
  /**
   * The wire form of a plain server frame for the connections of one variant. Pure, so a broadcast is sealed once per variant;
   * returns `plain` itself where nothing has to be changed.
   */
  seal(plain: Buffer, variant: string): Buffer;
  /** As `seal`, but written to `target` at `at` (room for `plain.length` bytes is there); returns the end of what it wrote. */
  sealInto(plain: Buffer, variant: string, target: Buffer, at: number): number;
}

/** A fresh verdict to be reused by the codecs of one framing. */
export function newVerdict(): FrameVerdict {
  return { kind: 'partial', type: 0, payloadStart: 0, payloadEnd: 0, consumed: 0, need: 0, code: 'bad_size' };
}

export function partial(verdict: FrameVerdict, need: number): FrameVerdict {
  verdict.kind = 'partial';
  verdict.need = need;
  return verdict;
}

export function bad(verdict: FrameVerdict, code: ErrorCode): FrameVerdict {
  verdict.kind = 'bad';
  verdict.code = code;
  return verdict;
}
