import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { BufferPool, Holder } from './buffer-pool.ts';
import type { NetCounters } from './counters.ts';
import type { FrameCodec } from './framing.ts';

/** Whom a reader tells what it found. */
export interface ReaderSink {
  frame(type: number, buffer: Buffer, payloadStart: number, payloadEnd: number, frameBytes: number): void;
  /** The stream cannot go on; called at most once. */
  failed(code: ErrorCode): void;
}

/** Bytes kept for all paused connections beyond which one that has more than a little is closed. */
const MOST_HELD = 128 * 1024 * 1024;
const LITTLE = 4096;

/**
 * Cuts the byte stream of one connection into frames. A frame that lies whole in a read is handed on where it lies; a partial one is
 * completed in a pool buffer. While paused, nothing is handed on and nothing lost: the rest of a read is kept.
 */
export class FrameReader implements Holder {
  readonly #codec: FrameCodec;
  readonly #pool: BufferPool;
  readonly #counters: NetCounters;
  readonly #sink: ReaderSink;
  #paused = false;
  #finished = false;
  /** The beginning of a frame, in a pool buffer. */
  #begun: Buffer | undefined;
  #begunBytes = 0;
  #begunNeed = 0;
  /** What was read and not looked at yet, because of a pause. */
  #held: Buffer | undefined;

  constructor(codec: FrameCodec, pool: BufferPool, counters: NetCounters, sink: ReaderSink) {
    this.#codec = codec;
    this.#pool = pool;
    this.#counters = counters;
    this.#sink = sink;
  }

  /** Whether the stream stands inside a frame. */
  get inFrame(): boolean {
    return this.#begun !== undefined || this.#held !== undefined;
  }

  /** Stops handing frames on, also in the middle of a read. */
  pause(): void {
    this.#paused = true;
  }

  /** Hands on what was kept; returns whether reading may go on (it was not paused again meanwhile). */
  resume(): boolean {
    this.#paused = false;
    const held = this.#held;
    if (held !== undefined) {
      this.#held = undefined;
      this.#counters.bytesHeld -= held.length;
      this.#consume(held, 0, held.length, true);
    }
    return !this.#paused && !this.#finished;
  }

  /** Takes what was read. With `owned` the buffer stays valid after the call, otherwise what must outlive it is copied. */
  push(buffer: Buffer, start: number, end: number, owned: boolean): void {
    if (this.#finished) return;
    if (this.#paused || this.#held !== undefined) this.#hold(buffer, start, end, owned);
    else this.#consume(buffer, start, end, owned);
  }

  /** Nothing is handed on from here on; buffers go back. */
  finish(): void {
    this.#finished = true;
    if (this.#held !== undefined) this.#counters.bytesHeld -= this.#held.length;
    this.#held = undefined;
    this.#release();
  }

  evicted(): void {
    this.#fail('buffers_exhausted');
  }

  #consume(buffer: Buffer, start: number, end: number, owned: boolean): void {
    let at = start;
    while (at < end && !this.#finished) {
      if (this.#paused) {
        this.#hold(buffer, at, end, owned);
        return;
      }
      if (this.#begun !== undefined) {
        at = this.#complete(this.#begun, buffer, at, end);
        continue;
      }
      const verdict = this.#codec.next(buffer, at, end);
      if (verdict.kind === 'frame') {
        const bytes = verdict.consumed;
        at += bytes;
        this.#handOn(verdict.type, buffer, verdict.payloadStart, verdict.payloadEnd, bytes);
      } else if (verdict.kind === 'skip') {
        at += verdict.consumed;
      } else if (verdict.kind === 'partial') {
        this.#begin(buffer, at, end, verdict.need);
        return;
      } else {
        this.#fail(verdict.code);
        return;
      }
    }
  }

  /** Adds to the frame begun earlier; returns where in `buffer` the stream goes on. */
  #complete(begun: Buffer, buffer: Buffer, start: number, end: number): number {
    const take = Math.min(this.#begunNeed - this.#begunBytes, end - start);
    buffer.copy(begun, this.#begunBytes, start, start + take);
    this.#begunBytes += take;
    const at = start + take;
    if (this.#begunBytes < this.#begunNeed) return at;
    const verdict = this.#codec.next(begun, 0, this.#begunBytes);
    if (verdict.kind === 'partial') {
      this.#begunNeed = verdict.need;
      return at;
    }
    if (verdict.kind === 'bad') {
      this.#fail(verdict.code);
      return end;
    }
    // Taken out first: the frame's handler may finish or pause this reader.
    const surplus = this.#begunBytes - verdict.consumed;
    const { kind, type, payloadStart, payloadEnd, consumed } = verdict;
    this.#begun = undefined;
    if (kind === 'frame') this.#handOn(type, begun, payloadStart, payloadEnd, consumed);
    // More than one frame was awaited to decide how the peer speaks: the surplus goes before the rest of the read.
    const rest =
      surplus === 0 || this.#finished
        ? undefined
        : [begun.subarray(consumed, consumed + surplus), buffer.subarray(at, end)];
    const joined = rest === undefined ? undefined : Buffer.concat(rest);
    this.#pool.give(this, begun);
    if (joined === undefined) return at;
    this.#consume(joined, 0, joined.length, true);
    return end;
  }

  #begin(buffer: Buffer, start: number, end: number, need: number): void {
    const begun = this.#pool.take(this);
    buffer.copy(begun, 0, start, end);
    this.#begun = begun;
    this.#begunBytes = end - start;
    this.#begunNeed = need;
  }

  #handOn(type: number, buffer: Buffer, payloadStart: number, payloadEnd: number, bytes: number): void {
    this.#counters.framesIn += 1;
    this.#sink.frame(type, buffer, payloadStart, payloadEnd, bytes);
  }

  #hold(buffer: Buffer, start: number, end: number, owned: boolean): void {
    const rest = buffer.subarray(start, end);
    const held = (this.#held?.length ?? 0) + rest.length;
    if (held > LITTLE && this.#counters.bytesHeld + rest.length > MOST_HELD) {
      this.#fail('buffers_exhausted');
      return;
    }
    const before = this.#held;
    if (before !== undefined) this.#held = Buffer.concat([before, rest]);
    else this.#held = owned ? rest : Buffer.from(rest);
    this.#counters.bytesHeld += rest.length;
  }

  #release(): void {
    if (this.#begun !== undefined) this.#pool.give(this, this.#begun);
    this.#begun = undefined;
  }

  #fail(code: ErrorCode): void {
    this.finish();
    this.#sink.failed(code);
  }
}
