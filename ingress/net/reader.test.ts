import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { BufferPool } from './buffer-pool.ts';
import { NetCounters } from './counters.ts';
import { type FrameCodec, newVerdict, partial } from './framing.ts';
import { FrameReader } from './reader.ts';
import { createRoseFraming } from './rose/framing.ts';

const ACCEPT = 0x504;

function frame(mark: number, size = 10): Buffer {
  const plain = Buffer.alloc(size, mark);
  plain.writeUInt16LE(size, 0);
  plain.writeUInt16LE(ACCEPT, 2);
  plain.writeUInt16LE(0, 4);
  return plain;
}

function setUp(codec: FrameCodec = createRoseFraming({ cipher: 'none' }).open(), poolSize = 2) {
  const pool = new BufferPool(2047, poolSize);
  const counters = new NetCounters();
  const marks: number[] = [];
  const sources: Buffer[] = [];
  const failures: ErrorCode[] = [];
  const hooks: { onFrame: (mark: number) => void } = { onFrame: () => {} };
  const reader = new FrameReader(codec, pool, counters, {
    frame(_type, buffer, payloadStart, payloadEnd) {
      const mark = buffer[payloadStart] ?? -1;
      expect(buffer.subarray(payloadStart, payloadEnd).every((byte) => byte === mark)).toBe(true);
      sources.push(buffer);
      marks.push(mark);
      hooks.onFrame(mark);
    },
    failed: (code) => failures.push(code),
  });
  /** As a shared read buffer: its content is gone after the call. */
  const push = (bytes: Buffer, owned = false): void => {
    const copy = Buffer.from(bytes);
    reader.push(copy, 0, copy.length, owned);
    if (!owned) copy.fill(0xff);
  };
  return { pool, counters, marks, sources, failures, hooks, reader, push };
}

describe('FrameReader', () => {
  it('hands whole frames on where they lie, without taking a buffer', () => {
    const { reader, pool, sources, marks } = setUp();
    const read = Buffer.concat([frame(1), frame(2), frame(3)]);
    reader.push(read, 0, read.length, false);
    expect(marks).toEqual([1, 2, 3]);
    expect(sources.every((source) => source === read)).toBe(true);
    expect(pool).toMatchObject({ hit: 0, miss: 0 });
  });

  it('completes a frame from any number of reads in one pool buffer, and gives it back', () => {
    const { push, pool, marks, reader } = setUp();
    for (const byte of Buffer.concat([frame(1), frame(2, 300), frame(3)])) push(Buffer.from([byte]));
    expect(marks).toEqual([1, 2, 3]);
    expect(pool).toMatchObject({ hit: 3, inUse: 0 });
    expect(reader.inFrame).toBe(false);
    push(frame(4).subarray(0, 3));
    expect(reader.inFrame).toBe(true);
    expect(pool.inUse).toBe(1);
    reader.finish();
    expect(pool).toMatchObject({ inUse: 0, free: 2 });
  });

  it.each([true, false])('stops between two frames of one read and loses nothing (owned: %s)', (owned) => {
    const { reader, push, marks, hooks, counters } = setUp();
    hooks.onFrame = () => reader.pause();
    push(Buffer.concat([frame(1), frame(2), frame(3), frame(4).subarray(0, 7)]), owned);
    expect(marks).toEqual([1]);
    expect(counters.bytesHeld).toBe(27);
    expect(reader.resume()).toBe(false);
    expect(marks).toEqual([1, 2]);
    hooks.onFrame = () => {};
    push(frame(4).subarray(7), owned);
    expect(marks).toEqual([1, 2]);
    expect(reader.resume()).toBe(true);
    expect(marks).toEqual([1, 2, 3, 4]);
    expect(counters.bytesHeld).toBe(0);
  });

  it('stops in the middle of a completed frame', () => {
    const { reader, push, marks, hooks } = setUp();
    hooks.onFrame = () => reader.pause();
    push(frame(1).subarray(0, 4));
    push(Buffer.concat([frame(1).subarray(4), frame(2)]));
    expect(marks).toEqual([1]);
    reader.resume();
    expect(marks).toEqual([1, 2]);
  });

  it('fails once, and hands nothing on after it', () => {
    const { push, failures, marks } = setUp();
    push(Buffer.concat([frame(1), Buffer.from('0300040500000000', 'hex'), frame(2)]));
    push(frame(3));
    expect(marks).toEqual([1]);
    expect(failures).toEqual(['bad_size']);
  });

  it('fails when others need its buffer', () => {
    const { pool, push, failures, marks } = setUp(undefined, 1);
    push(frame(1));
    push(frame(2).subarray(0, 5));
    pool.take({ evicted: () => {} });
    expect(failures).toEqual([]);
    pool.take({ evicted: () => {} });
    expect(marks).toEqual([1]);
    expect(failures).toEqual(['buffers_exhausted']);
    expect(pool).toMatchObject({ exhausted: 1, inUse: 2 });
  });

  it('while paused keeps all that was read, but little when very much is kept for others', () => {
    const { reader, push, failures, counters, marks } = setUp();
    counters.bytesHeld = 128 * 1024 * 1024;
    reader.pause();
    push(frame(1));
    reader.resume();
    expect(marks).toEqual([1]);
    reader.pause();
    push(Buffer.concat(Array.from({ length: 1000 }, () => frame(2))));
    expect(failures).toEqual(['buffers_exhausted']);
    expect(counters.bytesHeld).toBe(128 * 1024 * 1024);
  });

  it('gives its buffer back when a frame turns out bad at its end', () => {
    const { pool, push, failures } = setUp();
    const wrong = frame(1);
    wrong.writeUInt16LE(0x1234, 4);
    push(wrong.subarray(0, 9));
    push(wrong.subarray(9));
    expect(failures).toEqual(['bad_crc']);
    expect(pool.inUse).toBe(0);
  });

  it.each([false, true])(
    'goes on correctly when more was awaited than the first frame (paused: %s)',
    (pausing) => {
      const plain = createRoseFraming({ cipher: 'none' }).open();
      let decided = false;
      const undecided: FrameCodec = {
        variant: 'plain',
        next(buffer, start, end) {
          decided ||= end - start >= 35;
          return decided ? plain.next(buffer, start, end) : partial(newVerdict(), 35);
        },
      };
      const { push, marks, reader, pool, hooks } = setUp(undecided);
      if (pausing) hooks.onFrame = () => reader.pause();
      const stream = Buffer.concat([frame(1, 12), frame(2, 30), frame(3, 20), frame(4, 9)]);
      push(stream.subarray(0, 7));
      push(stream.subarray(7, 66));
      for (let turn = 0; pausing && turn < 3; turn += 1) reader.resume();
      push(stream.subarray(66));
      if (pausing) reader.resume();
      expect(marks).toEqual([1, 2, 3, 4]);
      expect(pool.inUse).toBe(0);
    },
  );
});
