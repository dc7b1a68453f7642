import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc8OfWord } from './crc8.ts';
import { crc16, frameCrc16 } from './crc16.ts';

function bitwise(bytes: Uint8Array, polynomial: number): number {
  let rest = 0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
  }
  return rest;
}

describe('crc16', () => {
  it('gives the check value of CRC-16/ARC', () => {
    expect(crc16(Buffer.from('123456789'), 0, 9)).toBe(0xbb3d);
  });

  it('agrees with the definition for any bytes at any place', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 70, size: 'max' }),
        fc.nat(9),
        fc.nat(9),
        (bytes, before, after) => {
          const start = Math.min(before, bytes.length);
          const end = Math.max(start, bytes.length - after);
          expect(crc16(bytes, start, end)).toBe(bitwise(bytes.subarray(start, end), 0xa001));
        },
      ),
    );
  });

  it('takes the CRC field of a frame as zero', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 64, size: 'max' }), fc.nat(5), (frame, at) => {
        const zeroed = Uint8Array.from(frame);
        zeroed[4] = 0;
        zeroed[5] = 0;
        const placed = Buffer.concat([Buffer.alloc(at, 0xff), frame, Buffer.from([1])]);
        expect(frameCrc16(placed, at, at + frame.length)).toBe(bitwise(zeroed, 0xa001));
      }),
    );
  });
});

describe('crc8OfWord', () => {
  it('agrees with the definition over the five bytes of the word', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
        const low = Buffer.from(bytes).readInt32LE(0);
        expect(crc8OfWord(low, bytes[4] ?? 0)).toBe(bitwise(bytes, 0x8c));
      }),
    );
  });
});
