import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newVerdict } from '../../ingress/net/framing.ts';
import { encipher } from '../../ingress/net/rose/cipher.ts';
import { nextEnciphered } from '../../ingress/net/rose/frames.ts';
import { newHeaderWord, readHeader, type Way } from '../../ingress/net/rose/header.ts';
import { fixedKey, type RoseKey } from '../../ingress/net/rose/key.ts';

interface EncodedVector {
  readonly dir: Way;
  readonly seed: number;
  readonly note: string;
  readonly plain: string;
  readonly cipher: string;
  readonly headerDecoded: string;
  readonly len: number;
  readonly decodeOk: boolean;
  readonly decoded: string;
}

interface DecodeVector {
  readonly dir: Way;
  readonly tab: number;
  readonly add: number;
  readonly val: number;
  readonly plain: string;
  readonly cipher: string;
  readonly len: number;
  readonly decodeOk: boolean;
  readonly decoded: string;
}

interface Vectors {
  readonly tables: Readonly<
    Record<
      string,
      { sha256: string; row0: string; row1: string; row2: string; row3: string; row15last: string }
    >
  >;
  readonly frames: readonly EncodedVector[];
  readonly decodeOnly: readonly DecodeVector[];
}

const file = join(import.meta.dirname, 'vectors', 'cipher-vectors.json');
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const keys = new Map<number, RoseKey>();

function keyOf(seed: number): RoseKey {
  const known = keys.get(seed) ?? fixedKey(seed);
  keys.set(seed, known);
  return known;
}

/** Deciphers the vector and gives what the reference leaves behind: its bytes 4 and 5 hold cipher remains, ours are the CRC field. */
function decipher(
  key: RoseKey,
  way: Way,
  cipher: string,
): { kind: string; code: string; frame: Buffer; length: number; high: number } {
  const buffer = Buffer.from(cipher, 'hex');
  const word = newHeaderWord();
  readHeader(key, way, buffer, 0, word);
  const high = word.high;
  const verdict = nextEnciphered(newVerdict(), key, way, 2047, buffer, 0, buffer.length);
  return { kind: verdict.kind, code: verdict.code, frame: buffer, length: verdict.payloadEnd, high };
}

function withoutCrc(frame: Buffer): string {
  const copy = Buffer.from(frame);
  copy.writeUInt16LE(0, 4);
  return copy.toString('hex');
}

describe('frame cipher against the reference', () => {
  it('has the vectors', () => {
    expect(Object.keys(vectors.tables)).toHaveLength(6);
    expect(vectors.frames).toHaveLength(113);
    expect(vectors.decodeOnly).toHaveLength(67);
  });

  it.each(Object.entries(vectors.tables))('fills the table of seed %s', (seed, wanted) => {
    const { rows } = keyOf(Number(seed));
    const slice = (from: number, to: number): string => Buffer.from(rows.subarray(from, to)).toString('hex');
    expect(createHash('sha256').update(rows).digest('hex')).toBe(wanted.sha256);
    for (const [row, bytes] of [wanted.row0, wanted.row1, wanted.row2, wanted.row3].entries()) {
      expect(slice(row * 2048, row * 2048 + 16)).toBe(bytes);
    }
    expect(slice(16 * 2048 - 16, 16 * 2048)).toBe(wanted.row15last);
  });

  it.each(vectors.frames)('$dir $note (seed $seed): enciphers and deciphers', (vector) => {
    const key = keyOf(vector.seed);
    const plain = Buffer.from(vector.plain, 'hex');
    const target = Buffer.alloc(plain.length + 2, 0xee);
    const position = { tab: 0x100, add: 4, val: vector.dir === 's2c' ? 4 : 0 };
    expect(encipher(key, vector.dir, plain, 0, plain.length, position, target, 1)).toBe(1 + plain.length);
    expect(target.subarray(1, -1).toString('hex')).toBe(vector.cipher);
    expect([target[0], target[target.length - 1]]).toEqual([0xee, 0xee]);

    const header = Buffer.from(vector.headerDecoded, 'hex');
    const got = decipher(key, vector.dir, vector.cipher);
    expect(got.kind).toBe(vector.decodeOk ? 'frame' : 'bad');
    expect(got.length).toBe(vector.len);
    expect(got.high).toBe(header[4]);
    expect(got.frame.toString('hex')).toBe(withoutCrc(Buffer.from(vector.decoded, 'hex')));
  });

  it.each(vectors.decodeOnly.map((vector, index) => ({ index, ...vector })))(
    'decode-only $index: $dir tab $tab add $add val $val',
    (vector) => {
      const key = keyOf(0x0042d266);
      const got = decipher(key, vector.dir, vector.cipher);
      expect(got.kind).toBe(vector.decodeOk ? 'frame' : 'bad');
      if (!vector.decodeOk) {
        expect(got.code).toBe('bad_cipher');
        expect(got.frame.subarray(6).toString('hex')).toBe(
          Buffer.from(vector.decoded, 'hex').subarray(6).toString('hex'),
        );
        return;
      }
      const padding = vector.dir === 'c2s' ? vector.val : 0;
      expect(got.length).toBe(vector.len - padding);
      expect(got.frame.toString('hex')).toBe(withoutCrc(Buffer.from(vector.decoded, 'hex')));

      // Enciphering again from the same key position gives the same bytes but for the padding, whose bytes are free.
      const plain = Buffer.from(vector.plain, 'hex');
      const again = Buffer.alloc(plain.length);
      const end = plain.length - padding;
      encipher(key, vector.dir, plain, 0, plain.length, vector, again, 0);
      expect(again.subarray(0, end).toString('hex')).toBe(
        Buffer.from(vector.cipher, 'hex').subarray(0, end).toString('hex'),
      );
    },
  );
});
