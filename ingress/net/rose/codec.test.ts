import { describe, expect, it } from 'vitest';
import { EdgeError } from '../../../shared/errors/edge-error.ts';
import type { FrameCodec } from '../framing.ts';
import { encipher } from './cipher.ts';
import { frameCrc16 } from './crc16.ts';
import { createRoseFraming, type RoseFramingOptions } from './framing.ts';
import { newHeaderWord, readHeader } from './header.ts';
import { fixedKey, seededKey } from './key.ts';

const ACCEPT = 0x504;
const firstPackets = new Map([[ACCEPT, { min: 6, max: 30 }]]);
const position = { tab: 77, add: 9, val: 0 };

function frame(type: number, size: number): Buffer {
  const plain = Buffer.alloc(Math.max(size, 6), 0x2a);
  plain.writeUInt16LE(size, 0);
  plain.writeUInt16LE(type, 2);
  plain.writeUInt16LE(0, 4);
  return plain;
}

function withCrc(plain: Buffer, off = 0): Buffer {
  const copy = Buffer.from(plain);
  copy.writeUInt16LE(frameCrc16(plain, 0, plain.length) ^ off, 4);
  return copy;
}

function enciphered(plain: Buffer, val = 0, key = fixedKey()): Buffer {
  const wire = Buffer.alloc(plain.length);
  encipher(key, 'c2s', plain, 0, plain.length, { ...position, val }, wire, 0);
  return wire;
}

/** `frame <type> <payload bytes>`, `partial <need>` or `bad <code>`. */
function said(codec: FrameCodec, bytes: Buffer, end = bytes.length): string {
  const verdict = codec.next(bytes, 0, end);
  if (verdict.kind === 'frame') return `frame ${verdict.type} ${verdict.payloadEnd - verdict.payloadStart}`;
  return verdict.kind === 'partial' ? `partial ${verdict.need}` : `bad ${verdict.code}`;
}

const open = (options: RoseFramingOptions): FrameCodec =>
  createRoseFraming({ firstPackets, ...options }).open();

it('a codec decides by six bytes, wherever they begin and whatever lies behind them', () => {
  const codec = open({ cipher: 'auto' });
  const buffer = Buffer.concat([Buffer.alloc(20, 0xff), frame(ACCEPT, 22)]);
  for (const have of [0, 1, 5]) {
    expect(codec.next(buffer, 20, 20 + have)).toMatchObject({ kind: 'partial', need: 6 });
    expect(codec.variant).toBeUndefined();
  }
  expect(codec.next(buffer, 20, 42)).toMatchObject({ kind: 'frame', type: ACCEPT });
  expect(codec.variant).toBe('plain');
});

describe('server codec, plain', () => {
  it('asks for what is missing, cuts what is whole', () => {
    const codec = open({ cipher: 'none' });
    const plain = frame(0x71a, 22);
    expect(said(codec, plain, 1)).toBe('partial 6');
    expect(said(codec, plain, 2)).toBe('partial 22');
    expect(said(codec, plain, 21)).toBe('partial 22');
    expect(said(codec, plain)).toBe('frame 1818 16');
    expect(codec.variant).toBe('plain');
  });

  it.each([0, 5, 2048, 65_535])('refuses a size of %i as soon as it is seen', (size) => {
    expect(said(open({ cipher: 'none' }), frame(ACCEPT, size), 2)).toBe('bad bad_size');
  });

  it('takes the largest frame', () => {
    expect(said(open({ cipher: 'none' }), frame(ACCEPT, 2047))).toBe('frame 1284 2041');
  });

  it.each([
    ['accept-zero', 'frame 1284 4', 'bad bad_crc', 'frame 1284 4'],
    ['require', 'frame 1284 4', 'bad bad_crc', 'bad crc_required'],
    ['off', 'frame 1284 4', 'frame 1284 4', 'frame 1284 4'],
  ] as const)('treats the CRC as PACKET_CRC=%s says', (crc, right, wrong, none) => {
    const plain = frame(ACCEPT, 10);
    expect(said(open({ cipher: 'none', crc }), withCrc(plain))).toBe(right);
    expect(said(open({ cipher: 'none', crc }), withCrc(plain, 1))).toBe(wrong);
    expect(said(open({ cipher: 'none', crc }), plain)).toBe(none);
  });
});

it('a CRC that was left out is accepted unless something else is asked for, a wrong one is not', () => {
  expect(said(open({ cipher: 'none' }), frame(ACCEPT, 10))).toBe('frame 1284 4');
  expect(said(open({ cipher: 'none' }), withCrc(frame(ACCEPT, 10), 1))).toBe('bad bad_crc');
});

describe('server codec, enciphered', () => {
  it('deciphers in place and leaves a plain frame', () => {
    const plain = frame(ACCEPT, 21);
    const wire = enciphered(plain);
    const codec = open({});
    expect(codec.variant).toBeUndefined();
    expect(said(codec, wire)).toBe('frame 1284 15');
    expect(wire.toString('hex')).toBe(plain.toString('hex'));
    expect(codec.variant).toBe('rose');
  });

  it('leaves a partial frame untouched', () => {
    const wire = enciphered(frame(ACCEPT, 21));
    const before = wire.toString('hex');
    const codec = open({});
    for (let end = 6; end < 21; end += 1) expect(said(codec, wire, end)).toBe('partial 21');
    expect(wire.toString('hex')).toBe(before);
  });

  it('drops padding', () => {
    const padded = Buffer.concat([frame(ACCEPT, 21), Buffer.alloc(7, 0xff)]);
    padded.writeUInt16LE(28, 0);
    const codec = open({ cipher: 'rose' });
    const wire = enciphered(padded, 7);
    const verdict = codec.next(wire, 0, 28);
    expect([verdict.kind, verdict.payloadEnd, verdict.consumed]).toEqual(['frame', 21, 28]);
    expect(wire.readUInt16LE(0)).toBe(21);
  });

  it('refuses padding that eats the header, short lengths and wrong checksums', () => {
    expect(said(open({ cipher: 'rose' }), enciphered(frame(ACCEPT, 9), 4))).toBe('bad bad_padding');
    const short = Buffer.alloc(6);
    const odd = frame(ACCEPT, 6);
    encipher(fixedKey(), 'c2s', odd.subarray(0, 5), 0, 5, position, short, 0);
    expect(said(open({ cipher: 'rose' }), short)).toBe('bad bad_size');
    for (const at of [5, 6, 20]) {
      const wire = enciphered(frame(ACCEPT, 21));
      wire[at] = (wire[at] ?? 0) ^ 0x10;
      expect(said(open({ cipher: 'rose' }), wire)).toBe('bad bad_cipher');
    }
  });

  it('keeps to its decision', () => {
    const codec = open({});
    expect(said(codec, frame(ACCEPT, 6))).toBe('frame 1284 0');
    expect(said(codec, enciphered(frame(0x71a, 30)))).not.toBe('frame 1818 24');
    const other = open({});
    expect(said(other, enciphered(frame(ACCEPT, 6)))).toBe('frame 1284 0');
    expect(said(other, frame(ACCEPT, 6))).not.toBe('frame 1284 0');
  });

  it('knows its variant from the start only where there is nothing to decide', () => {
    expect(open({ cipher: 'rose' }).variant).toBe('rose');
    expect(open({ cipher: 'none' }).variant).toBe('plain');
    expect(open({ cipher: 'rose', keys: [fixedKey(), seededKey(3)] }).variant).toBeUndefined();
  });

  it('takes one of several keys', () => {
    const codec = open({ keys: [fixedKey(), seededKey(3)] });
    expect(said(codec, enciphered(frame(ACCEPT, 6), 0, seededKey(3)))).toBe('frame 1284 0');
    expect(codec.variant).toBe('rose:00000003');
  });
});

describe('sealing', () => {
  const framing = createRoseFraming({ firstPackets, keys: [fixedKey(), seededKey(3)] });

  it('lists its variants', () => {
    expect(framing.variants).toEqual(['plain', 'rose', 'rose:00000003']);
    expect(createRoseFraming({ cipher: 'rose' }).variants).toEqual(['rose']);
    expect(createRoseFraming({ cipher: 'none' }).variants).toEqual(['plain']);
  });

  it('returns the frame itself where nothing changes', () => {
    const plain = frame(0x71a, 22);
    expect(framing.seal(plain, 'plain')).toBe(plain);
  });

  it.each(['plain', 'rose', 'rose:00000003'])(
    'is read by the client (%s), and the original stays',
    (variant) => {
      const plain = frame(0x71a, 22);
      const before = plain.toString('hex');
      const sealed = Buffer.from(framing.seal(plain, variant));
      expect(plain.toString('hex')).toBe(before);
      expect(said(framing.openClient(variant), sealed)).toBe('frame 1818 16');
      expect(sealed.toString('hex')).toBe(before);
    },
  );

  it('claims no padding, which some clients would subtract', () => {
    const word = newHeaderWord();
    readHeader(fixedKey(), 's2c', framing.seal(frame(0x71a, 22), 'rose'), 0, word);
    expect(word).toMatchObject({ length: 22, type: 0x71a, val: 0 });
  });

  it('writes to a place in a larger buffer', () => {
    const plain = frame(0x71a, 22);
    for (const variant of framing.variants) {
      const target = Buffer.alloc(40, 0xee);
      expect(framing.sealInto(plain, variant, target, 5)).toBe(27);
      expect(target.subarray(5, 27).toString('hex')).toBe(framing.seal(plain, variant).toString('hex'));
      expect([target[4], target[27]]).toEqual([0xee, 0xee]);
    }
  });

  it('carries the CRC under require, both ways', () => {
    const strict = createRoseFraming({ crc: 'require', cipher: 'none' });
    const plain = frame(0x71a, 22);
    const sealed = strict.seal(plain, 'plain');
    expect(sealed.readUInt16LE(4)).toBe(frameCrc16(plain, 0, 22));
    expect(plain.readUInt16LE(4)).toBe(0);
    expect(said(strict.open(), strict.openClient('plain').seal(plain))).toBe('frame 1818 16');
  });

  it('refuses what no frame can hold, and unknown variants', () => {
    expect(() => framing.seal(Buffer.alloc(2048), 'rose')).toThrow(EdgeError);
    expect(() => framing.seal(Buffer.alloc(2048), 'plain')).toThrow(/frame_too_large/);
    expect(() => framing.seal(frame(1, 6), 'rot13')).toThrow(/rot13/);
    expect(() => createRoseFraming({ keys: [] })).toThrow(/bad_config/);
  });
});
