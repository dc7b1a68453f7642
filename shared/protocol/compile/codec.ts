import { EdgeError } from '../../errors/edge-error.ts';
import type { Direction } from '../schema.ts';
import { Constants } from './constants.ts';
import { emitDecode } from './emit-decode.ts';
import { emitEncode } from './emit-encode.ts';
import { type Faults, faultsOf } from './fault.ts';
import { type Slot, sizeOfSlots } from './layout.ts';
import { readLong, writeLong } from './long.ts';
import { readFixed, readShort, readText, textFailures, writeFixed, writeText } from './text.ts';
import { packUnion } from './union.ts';

/** The decoded fields of a packet: plain JSON values; 64-bit integers are decimal strings. */
export type Fields = Readonly<Record<string, unknown>>;

export const headerSize = 6;
export const largestFrame = 2047;

/** One packet in one profile. */
export interface PacketCodec {
  readonly name: string;
  readonly type: number;
  readonly direction: Direction;
  /** Bytes of the smallest well-formed whole frame, header included. */
  readonly minFrame: number;
  /** Bytes of the largest whole frame, header included. */
  readonly maxFrame: number;
  /**
   * Decodes the payload in `buffer[start, end)`; keeps no reference to the buffer. A text that runs to the end of the payload
   * without its zero byte is taken as it is, as the reference does; bytes after the last field are refused.
   * @throws EdgeError short_payload, trailing_bytes, nonfinite
   */
  decodePayload(buffer: Buffer, start: number, end: number): Fields;
  /**
   * Writes the whole plain frame (CRC 0) at `offset` and returns its end. Bytes up to `maxFrame` behind `offset` may be
   * overwritten; where the buffer ends earlier, the frame must fit in what is there.
   * @throws EdgeError missing_field, unknown_field, bad_value, fixed_length, inner_nul, count_overflow, count_mismatch,
   * union_conflict, frame_too_large
   */
  encodeInto(buffer: Buffer, offset: number, fields: Fields): number;
}

const words = new Int32Array(2);
const floats = new Float32Array(words.buffer);
const doubles = new Float64Array(words.buffer);

const textCodes = {
  [textFailures.room]: 'frame_too_large',
  [textFailures.nul]: 'inner_nul',
  [textFailures.value]: 'bad_value',
  [textFailures.length]: 'fixed_length',
} as const;

const textFault = (
  faults: Faults,
  failure: keyof typeof textCodes,
  value: unknown,
  path: string,
  ...indices: number[]
): never => {
  const code = value === undefined ? 'missing_field' : textCodes[failure];
  return faults.encode(code, value, path, ...indices);
};

const runtime = {
  readText,
  readFixed,
  writeText,
  writeFixed,
  readLong,
  writeLong,
  textFault,
  packUnion,
  readShort,
};

type Decode = (buffer: Buffer, start: number, end: number) => Fields;
type Encode = (buffer: Buffer, start: number, fields: Fields, limit: number) => number;

function build(head: string, body: string, faults: Faults, constants: readonly unknown[]): unknown {
  const source = `'use strict'; return function ${head} {\n${body}\n};`;
  // The source is made of checked identifiers and integers only, see resolve.ts.
  const make = new Function('r', 'x', 'k', 'w', 'f', 'd', source);
  return make(runtime, faults, constants, words, floats, doubles);
}

/** Compiles the resolved fields of one packet. */
export function compileCodec(
  name: string,
  type: number,
  direction: Direction,
  slots: readonly Slot[],
): PacketCodec {
  const faults = faultsOf(name);
  const constants = new Constants();
  const extent = sizeOfSlots(slots);
  const encodeBody = emitEncode(slots, constants);
  const encode = build('encode(b, p, f0, limit)', encodeBody, faults, constants.list) as Encode;
  const decode = build('decode(b, p, end)', emitDecode(slots), faults, constants.list) as Decode;
  return {
    name,
    type,
    direction,
    minFrame: headerSize + extent.least,
    maxFrame: Math.min(largestFrame, headerSize + extent.most),
    decodePayload: decode,
    encodeInto(buffer, offset, fields) {
      const room = Math.min(buffer.length, offset + largestFrame);
      if (offset + headerSize > room) {
        throw new EdgeError('frame_too_large', `${name}: no room for the header`, {
          packet: name,
          field: '',
          found: room - offset,
        });
      }
      const end = encode(buffer, offset + headerSize, fields, room);
      const size = end - offset;
      buffer[offset] = size;
      buffer[offset + 1] = size >>> 8;
      buffer[offset + 2] = type;
      buffer[offset + 3] = type >>> 8;
      buffer[offset + 4] = 0;
      buffer[offset + 5] = 0;
      return end;
    },
  };
}
