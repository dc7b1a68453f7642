import { describe, expect, it } from 'vitest';
import { encipher } from './cipher.ts';
import { frameCrc16 } from './crc16.ts';
import { detect } from './detect.ts';
import { newHeaderWord, readHeader } from './header.ts';
import { COLUMNS, fixedKey, ROWS, type RoseKey, seededKey } from './key.ts';
import type { RosePolicy } from './policy.ts';

const ALIVE = 0x500;
const ACCEPT = 0x504;
const LOGIN = 0x509;
const LOGIN_TOKEN = 0x50a;
const JOIN = 0x50f;
const JOIN_TOKEN = 0x510;

const firstPackets = new Map([
  [ALIVE, { min: 6, max: 6 }],
  [ACCEPT, { min: 6, max: 6 }],
  [LOGIN, { min: 41, max: 95 }],
  [LOGIN_TOKEN, { min: 7, max: 2047 }],
  [JOIN, { min: 42, max: 74 }],
  [JOIN_TOKEN, { min: 11, max: 2047 }],
]);
const key = fixedKey();
const policy: RosePolicy = { cipher: 'auto', crc: 'accept-zero', firstPackets, keys: [key], maxFrame: 2047 };

function frame(type: number, size: number, fill = 0x61): Buffer {
  const plain = Buffer.alloc(size, fill);
  plain.writeUInt16LE(size, 0);
  plain.writeUInt16LE(type, 2);
  plain.writeUInt16LE(0, 4);
  return plain;
}

function withCrc(plain: Buffer): Buffer {
  const copy = Buffer.from(plain);
  copy.writeUInt16LE(frameCrc16(plain, 0, plain.length), 4);
  return copy;
}

/** Sizes worth trying: both ends of the range and a few between. */
function sizesOf(type: number): number[] {
  const { min, max } = firstPackets.get(type) ?? { min: 6, max: 6 };
  return [
    ...new Set(
      [min, min + 1, Math.min(max, 74), Math.min(max, 90), Math.min(max, 300), max].filter(
        (size) => size <= max,
      ),
    ),
  ];
}

const types = [...firstPackets.keys()];

describe('detection', () => {
  it.each(types)('takes a plain first packet of type %i at once, from its six header bytes alone', (type) => {
    for (const size of sizesOf(type)) {
      const plain = frame(type, size);
      for (const end of new Set([6, Math.min(7, size), size - 1, size])) {
        if (end >= 6) expect(detect(policy, plain, 0, end)).toBe('plain');
      }
      expect(detect(policy, Buffer.concat([plain, frame(ALIVE, 6)]), 0, size + 6)).toBe('plain');
    }
  });

  it.each(types)(
    'takes an enciphered first packet of type %i for what it is at every key position',
    (type) => {
      const wrong: string[] = [];
      const wire = Buffer.alloc(2047 + 3);
      for (const size of type === LOGIN_TOKEN || type === JOIN_TOKEN ? [40, 600] : sizesOf(type)) {
        const plain = frame(type, size);
        for (let tab = 0; tab < COLUMNS; tab += 1) {
          for (let add = 0; add < ROWS; add += 1) {
            const end = encipher(
              key,
              'c2s',
              plain,
              0,
              size,
              { tab, add, val: (tab + add) % 7 === 0 && size > 20 ? 3 : 0 },
              wire,
              3,
            );
            if (detect(policy, wire, 3, end) !== key) wrong.push(`size ${size} tab ${tab} add ${add}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it('decides all but a handful of odd key positions from six bytes, and none of those waits for ever', () => {
    const wire = Buffer.alloc(2047);
    let waiting = 0;
    let never = 0;
    for (const type of types) {
      for (const size of sizesOf(type).slice(0, 3)) {
        const plain = frame(type, size);
        for (let tab = 0; tab < COLUMNS; tab += 1) {
          for (let add = 0; add < ROWS; add += 1) {
            const end = encipher(key, 'c2s', plain, 0, size, { tab, add, val: 0 }, wire, 0);
            let seen = 6;
            let said = detect(policy, wire, 0, seen);
            if (typeof said === 'number') waiting += 1;
            while (typeof said === 'number' && said <= end) {
              seen = said;
              said = detect(policy, wire, 0, seen);
            }
            if (said !== key) never += 1;
          }
        }
      }
    }
    expect(never).toBe(0);
    expect(waiting).toBeLessThan(100);
  });

  it.each(types)('awaits a plain packet of type %i that carries a CRC, and lets the CRC decide', (type) => {
    for (const size of sizesOf(type)) {
      const plain = withCrc(frame(type, size));
      const need = detect(policy, plain, 0, 6);
      if (size > 6) expect(need).toBe(size);
      expect(detect(policy, plain, 0, size)).toBe('plain');
      plain.writeUInt16LE(plain.readUInt16LE(4) ^ 0x0101, 4);
      expect(detect(policy, plain, 0, size)).toBe(key);
    }
  });

  it('finds every enciphered first packet that looks like a longer plain one, also when it comes in pieces', () => {
    const word = newHeaderWord();
    const head = Buffer.alloc(5);
    const wire = Buffer.alloc(2047);
    let looking = 0;
    const wrong: string[] = [];
    for (const type of types) {
      const { min, max } = firstPackets.get(type) ?? { min: 6, max: 6 };
      head.writeUInt16LE(type, 2);
      for (let size = min; size <= max; size += 1) {
        head.writeUInt16LE(size, 0);
        for (let fifth = 1; fifth < 256; fifth += 1) {
          head[4] = fifth;
          readHeader(key, 'c2s', head, 0, word);
          const range = firstPackets.get(word.type);
          const { length, type: hidden, tab, add, val } = word;
          if (range === undefined || length >= size || length - val < range.min || length - val > range.max)
            continue;
          looking += 1;
          const end = encipher(key, 'c2s', frame(hidden, length), 0, length, { tab, add, val }, wire, 0);
          if (wire.readUInt32LE(0) !== head.readUInt32LE(0))
            throw new Error('the search found another header');
          const inPieces = detect(policy, wire, 0, 6);
          if (detect(policy, wire, 0, end) !== key || inPieces !== end)
            wrong.push(`${hidden} of ${length} as ${type} of ${size}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(looking).toBeGreaterThan(100);
  });

  it('takes everything else for enciphered, without waiting', () => {
    for (const other of [
      frame(0x71a, 22),
      frame(ACCEPT, 7),
      frame(LOGIN, 40),
      frame(LOGIN, 96),
      frame(JOIN, 41),
    ]) {
      expect(detect(policy, other, 0, 6)).toBe(key);
    }
  });

  it('obeys a fixed mode', () => {
    const plain = frame(ACCEPT, 6);
    expect(detect({ ...policy, cipher: 'rose' }, plain, 0, 6)).toBe(key);
    expect(detect({ ...policy, cipher: 'none' }, Buffer.from('c2a832924574', 'hex'), 0, 6)).toBe('plain');
  });

  it('tells keys apart by the first packet', () => {
    const keys: RoseKey[] = [key, seededKey(0), seededKey(0x12345678), seededKey(0x87654321)];
    const several = { ...policy, keys };
    const wire = Buffer.alloc(96);
    let wrong = 0;
    for (const used of keys) {
      for (const [type, size] of [
        [ACCEPT, 6],
        [LOGIN, 60],
        [JOIN, 42],
      ] as const) {
        for (let tab = 0; tab < COLUMNS; tab += 7) {
          for (let add = 0; add < ROWS; add += 1) {
            const end = encipher(used, 'c2s', frame(type, size), 0, size, { tab, add, val: 0 }, wire, 0);
            if (detect(several, wire, 0, end) !== used) wrong += 1;
          }
        }
      }
    }
    expect(wrong).toBe(0);
  });
});
