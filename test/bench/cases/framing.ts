import { newVerdict } from '../../../ingress/net/framing.ts';
import { encipher } from '../../../ingress/net/rose/cipher.ts';
import { crc16 } from '../../../ingress/net/rose/crc16.ts';
import { nextEnciphered } from '../../../ingress/net/rose/frames.ts';
import { createRoseFraming } from '../../../ingress/net/rose/framing.ts';
import { fixedKey } from '../../../ingress/net/rose/key.ts';
import { type BenchRow, row } from '../row.ts';

/** Nanoseconds per 128-byte frame of checksum and cipher, against the same byte by byte as the protocol's pages describe them. */
const FRAME = 128;
const ROUNDS = 9;
const ROUND_MS = 60;

/** What the operations return goes here, so that the compiler cannot leave them out. */
const kept = { sum: 0 };

function nanoseconds(operation: () => number): number {
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    let calls = 0;
    const begin = process.hrtime.bigint();
    const end = begin + BigInt(ROUND_MS) * 1_000_000n;
    let now = begin;
    while (now < end) {
      for (let turn = 0; turn < 2_000; turn += 1) kept.sum ^= operation();
      calls += 2_000;
      now = process.hrtime.bigint();
    }
    figures.push(Number(now - begin) / calls);
  }
  return Math.min(...figures);
}

const byteTable16 = new Uint16Array(256).map((_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ 0xa001 : rest >>> 1;
  return rest;
});
const byteTable8 = new Uint8Array(256).map((_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ 0x8c : rest >>> 1;
  return rest;
});

function bytewiseCrc16(bytes: Buffer): number {
  let rest = 0;
  for (let at = 0; at < bytes.length; at += 1)
    rest = (rest >>> 8) ^ (byteTable16[(rest ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return rest;
}

/** The header word, laid out bit by bit from the groups that the page lists: [shift in the word, bits]. */
const LAYOUT = [
  [3, 3],
  [25, 3],
  [17, 3],
  [37, 3],
  [6, 3],
  [28, 3],
  [14, 3],
  [31, 2],
  [11, 3],
  [33, 2],
  [9, 2],
  [35, 2],
  [0, 3],
  [22, 3],
  [20, 2],
] as const;

function bytewiseCipher(rows: Uint8Array, plain: Buffer, target: Buffer, tab: number, add: number): number {
  const low = plain.length | (0x71a << 11) | (tab << 22);
  const high = (tab >>> 10) | (add << 1);
  const word = [low, low >>> 8, low >>> 16, low >>> 24, high];
  target.fill(0, 0, 5);
  let place = 0;
  for (const [shift, bits] of LAYOUT) {
    for (let bit = shift; bit < shift + bits; bit += 1, place += 1) {
      const value = ((word[bit >>> 3] ?? 0) >>> (bit & 7)) & 1;
      const at = place >>> 3;
      target[at] = (target[at] ?? 0) | (value << (place & 7));
    }
  }
  let rest = 0;
  for (const byte of word) rest = byteTable8[(byte & 0xff) ^ rest] ?? 0;
  for (let at = 0; at < 5; at += 1) target[at] = (target[at] ?? 0) ^ (rows[at * 2048 + tab] ?? 0);
  for (let at = 6; at < plain.length; at += 1) {
    const byte = plain[at] ?? 0;
    target[at] = byte ^ (rows[((add + at) % 16) * 2048 + ((tab + at) % 2048)] ?? 0);
    rest = byteTable8[byte ^ rest] ?? 0;
  }
  target[5] = rest;
  return rest;
}

export async function run(): Promise<BenchRow[]> {
  const key = fixedKey();
  const plain = Buffer.alloc(FRAME, 0x37);
  plain.writeUInt16LE(FRAME, 0);
  plain.writeUInt16LE(0x71a, 2);
  plain.writeUInt16LE(0, 4);
  const target = Buffer.alloc(FRAME);
  const position = { tab: 0x100, add: 4, val: 0 };
  const wire = Buffer.alloc(FRAME);
  encipher(key, 'c2s', plain, 0, FRAME, position, wire, 0);
  const verdict = newVerdict();
  const codec = createRoseFraming({ cipher: 'none' }).open();

  const byteCrc = nanoseconds(() => bytewiseCrc16(plain));
  const byteCipher = nanoseconds(() => bytewiseCipher(key.rows, plain, target, 0x100, 4));
  const decipher = nanoseconds(() => {
    wire.copy(target);
    return nextEnciphered(verdict, key, 'c2s', 2047, target, 0, FRAME).consumed;
  });
  return [
    row(
      'crc16-128B',
      'ns',
      nanoseconds(() => crc16(plain, 0, FRAME)),
      byteCrc,
      0.6,
    ),
    row(
      'encipher-128B',
      'ns',
      nanoseconds(() => encipher(key, 's2c', plain, 0, FRAME, position, target, 0)),
      byteCipher,
      1,
    ),
    row('decipher-128B-with-header', 'ns', decipher, byteCipher, 1),
    row(
      'cut-plain-128B',
      'ns',
      nanoseconds(() => codec.next(plain, 0, FRAME).consumed),
      byteCrc,
      0.25,
    ),
  ];
}
