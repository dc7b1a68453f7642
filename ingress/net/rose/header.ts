import { COLUMNS, type RoseKey } from './key.ts';

/** Which way a frame travels; the two ways lay out the header word differently. */
export type Way = 'c2s' | 's2c';

/** The fields of the 40-bit header word, and the word itself as 32 low and 8 high bits. Reused by its owner. */
export interface HeaderWord {
  length: number;
  type: number;
  /** Column at which the key stream starts, 0 to 2,047. */
  tab: number;
  /** Row at which the key stream starts, 0 to 15. */
  add: number;
  /** Pad bytes at the end of a client's frame, 0 to 7. */
  val: number;
  low: number;
  high: number;
}

export function newHeaderWord(): HeaderWord {
  return { length: 0, type: 0, tab: 0, add: 0, val: 0, low: 0, high: 0 };
}

/** Sets `low` and `high` from the fields. */
export function packWord(word: HeaderWord): void {
  word.low = word.length | (word.type << 11) | (word.tab << 22);
  word.high = (word.tab >>> 10) | (word.add << 1) | (word.val << 5);
}

// The bits of `tab` travel in clear, at these places of the laid-out word.
const CLEAR_C2S = (7 << 3) | (7 << 9) | (3 << 26);
const CLEAR_C2S_HIGH = 7 << 3;
const CLEAR_S2C = (7 << 3) | (7 << 15) | (3 << 21);
const CLEAR_S2C_HIGH = 7 << 3;

/** Reads the enciphered header at `at` (five bytes are there) into `word`. */
export function readHeader(key: RoseKey, way: Way, bytes: Uint8Array, at: number, word: HeaderWord): void {
  const rawLow =
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24);
  const rawHigh = bytes[at + 4] as number;
  const tab =
    way === 'c2s'
      ? ((rawHigh >>> 3) & 7) | (rawLow & 0x38) | (((rawLow >>> 9) & 7) << 6) | (((rawLow >>> 26) & 3) << 9)
      : ((rawLow >>> 3) & 7) | (rawHigh & 0x38) | (((rawLow >>> 15) & 7) << 6) | (((rawLow >>> 21) & 3) << 9);
  const low = rawLow ^ headerKey(key, tab);
  const high = rawHigh ^ (key.rows[4 * COLUMNS + tab] as number);
  word.tab = tab;
  if (way === 'c2s') {
    word.length =
      ((low >>> 6) & 7) | (((low >>> 18) & 7) << 3) | (((low >>> 23) & 7) << 6) | ((high >>> 6) << 9);
    word.type = ((low >>> 12) & 7) | ((low & 7) << 3) | ((high & 7) << 6) | (((low >>> 28) & 3) << 9);
    word.add = (low >>> 30) | (((low >>> 21) & 3) << 2);
    word.val = (low >>> 15) & 7;
  } else {
    word.length = (high & 7) | ((low & 7) << 3) | (((low >>> 12) & 7) << 6) | (((low >>> 28) & 3) << 9);
    word.type =
      ((low >>> 23) & 7) | (((low >>> 18) & 7) << 3) | (((low >>> 6) & 7) << 6) | ((high >>> 6) << 9);
    word.add = ((low >>> 26) & 3) | ((low >>> 30) << 2);
    word.val = (low >>> 9) & 7;
  }
  packWord(word);
}

/** Writes the enciphered header of `word` (packed) to five bytes at `at`. */
export function writeHeader(key: RoseKey, way: Way, word: HeaderWord, bytes: Uint8Array, at: number): void {
  const { length, type, tab, add, val } = word;
  let low: number;
  let high: number;
  if (way === 'c2s') {
    low =
      ((type >>> 3) & 7) |
      (tab & 0x38) |
      ((length & 7) << 6) |
      (((tab >>> 6) & 7) << 9) |
      ((type & 7) << 12) |
      (val << 15);
    low |=
      (((length >>> 3) & 7) << 18) | ((add >>> 2) << 21) | (((length >>> 6) & 7) << 23) | ((tab >>> 9) << 26);
    low |= ((type >>> 9) << 28) | ((add & 3) << 30);
    high = ((type >>> 6) & 7) | ((tab & 7) << 3) | ((length >>> 9) << 6);
    low ^= headerKey(key, tab) & ~CLEAR_C2S;
    high ^= (key.rows[4 * COLUMNS + tab] as number) & ~CLEAR_C2S_HIGH;
  } else {
    low =
      ((length >>> 3) & 7) |
      ((tab & 7) << 3) |
      (((type >>> 6) & 7) << 6) |
      (val << 9) |
      (((length >>> 6) & 7) << 12);
    low |= (((tab >>> 6) & 7) << 15) | (((type >>> 3) & 7) << 18) | ((tab >>> 9) << 21) | ((type & 7) << 23);
    low |= ((add & 3) << 26) | ((length >>> 9) << 28) | ((add >>> 2) << 30);
    high = (length & 7) | (tab & 0x38) | ((type >>> 9) << 6);
    low ^= headerKey(key, tab) & ~CLEAR_S2C;
    high ^= (key.rows[4 * COLUMNS + tab] as number) & ~CLEAR_S2C_HIGH;
  }
  bytes[at] = low;
  bytes[at + 1] = low >>> 8;
  bytes[at + 2] = low >>> 16;
  bytes[at + 3] = low >>> 24;
  bytes[at + 4] = high;
}

function headerKey(key: RoseKey, tab: number): number {
  const rows = key.rows;
  return (
    (rows[tab] as number) |
    ((rows[COLUMNS + tab] as number) << 8) |
    ((rows[2 * COLUMNS + tab] as number) << 16) |
    ((rows[3 * COLUMNS + tab] as number) << 24)
  );
}
