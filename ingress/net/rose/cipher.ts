import { CRC8_TABLES, crc8OfWord } from './crc8.ts';
import { type HeaderWord, newHeaderWord, packWord, type Way, writeHeader } from './header.ts';
import { DIAGONAL, type RoseKey } from './key.ts';

/** Bytes of the header; the body follows. */
export const HEADER = 6;

/** Where in its key stream a frame starts, and how many pad bytes it claims. */
export interface KeyPosition {
  readonly tab: number;
  readonly add: number;
  readonly val: number;
}

const scratch: HeaderWord = newHeaderWord();

/**
 * Enciphers the plain frame `plain[from, to)` to `target` at `at`; returns the end of what it wrote. With a client's `val` the last
 * `val` bytes are padding, which is enciphered but left out of the checksum.
 */
export function encipher(
  key: RoseKey,
  way: Way,
  plain: Uint8Array,
  from: number,
  to: number,
  position: KeyPosition,
  target: Uint8Array,
  at: number,
): number {
  const word = scratch;
  const length = to - from;
  word.length = length;
  word.type = (plain[from + 2] as number) | ((plain[from + 3] as number) << 8);
  word.tab = position.tab;
  word.add = position.add;
  word.val = position.val;
  packWord(word);
  writeHeader(key, way, word, target, at);
  const padding = way === 'c2s' ? position.val : 0;
  const end = to - padding;

  let rest = crc8OfWord(word.low, word.high);
  const stream = ((position.add - position.tab) & 15) * DIAGONAL + position.tab;
  const body = at + HEADER;
  rest = encipherBody(key.diagonals, stream + HEADER, plain, from + HEADER, end, target, body, rest);
  for (let index = length - padding; index < length; index += 1) {
    target[at + index] = (plain[from + index] as number) ^ (key.diagonals[stream + index] as number);
  }
  target[at + 5] = rest;
  return at + length;
}

/** Goes on with the checksum from `crc` and returns it. Apart from `encipher` because the compiler makes far better code of it so. */
function encipherBody(
  diagonals: Uint8Array,
  streamFrom: number,
  plain: Uint8Array,
  from: number,
  end: number,
  target: Uint8Array,
  at: number,
  crc: number,
): number {
  const tables = CRC8_TABLES;
  let rest = crc;
  let stream = streamFrom;
  let out = at;
  let source = from;
  for (const last = end - 4; source <= last; source += 4, out += 4, stream += 4) {
    const a = plain[source] as number;
    const b = plain[source + 1] as number;
    const c = plain[source + 2] as number;
    const d = plain[source + 3] as number;
    target[out] = a ^ (diagonals[stream] as number);
    target[out + 1] = b ^ (diagonals[stream + 1] as number);
    target[out + 2] = c ^ (diagonals[stream + 2] as number);
    target[out + 3] = d ^ (diagonals[stream + 3] as number);
    rest =
      (tables[768 + (rest ^ a)] as number) ^
      (tables[512 + b] as number) ^
      (tables[256 + c] as number) ^
      (tables[d] as number);
  }
  for (; source < end; source += 1, out += 1, stream += 1) {
    const byte = plain[source] as number;
    target[out] = byte ^ (diagonals[stream] as number);
    rest = tables[rest ^ byte] as number;
  }
  return rest;
}

/**
 * Deciphers in place the body `bytes[start + 6, end)` of the frame whose header was read into `word`; returns whether the
 * checksum of byte 5 fits. `end` leaves padding out.
 */
export function decipherBody(
  key: RoseKey,
  word: HeaderWord,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const diagonals = key.diagonals;
  const tables = CRC8_TABLES;
  let rest = crc8OfWord(word.low, word.high);
  let stream = ((word.add - word.tab) & 15) * DIAGONAL + word.tab + HEADER;
  let at = start + HEADER;
  for (const last = end - 4; at <= last; at += 4, stream += 4) {
    const a = (bytes[at] as number) ^ (diagonals[stream] as number);
    const b = (bytes[at + 1] as number) ^ (diagonals[stream + 1] as number);
    const c = (bytes[at + 2] as number) ^ (diagonals[stream + 2] as number);
    const d = (bytes[at + 3] as number) ^ (diagonals[stream + 3] as number);
    bytes[at] = a;
    bytes[at + 1] = b;
    bytes[at + 2] = c;
    bytes[at + 3] = d;
    rest =
      (tables[768 + (rest ^ a)] as number) ^
      (tables[512 + b] as number) ^
      (tables[256 + c] as number) ^
      (tables[d] as number);
  }
  for (; at < end; at += 1, stream += 1) {
    const byte = (bytes[at] as number) ^ (diagonals[stream] as number);
    bytes[at] = byte;
    rest = tables[rest ^ byte] as number;
  }
  return rest === bytes[start + 5];
}

/** As `decipherBody`, but only judges: the bytes stay as they are. */
export function checksumFits(
  key: RoseKey,
  word: HeaderWord,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const base = ((word.add - word.tab) & 15) * DIAGONAL + word.tab - start;
  let rest = crc8OfWord(word.low, word.high);
  for (let at = start + HEADER; at < end; at += 1) {
    rest = CRC8_TABLES[rest ^ (bytes[at] as number) ^ (key.diagonals[base + at] as number)] as number;
  }
  return rest === bytes[start + 5];
}
