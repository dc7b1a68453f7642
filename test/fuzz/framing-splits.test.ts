import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BufferPool } from '../../ingress/net/buffer-pool.ts';
import { NetCounters } from '../../ingress/net/counters.ts';
import { FrameReader } from '../../ingress/net/reader.ts';
import { createRoseFraming } from '../../ingress/net/rose/framing.ts';
import { fixedKey, seededKey } from '../../ingress/net/rose/key.ts';

const FIRST = 0x504;
const keys = [fixedKey(), seededKey(0x12345678)];

/** The frames of a client: the first may come first, the others are of any type and size. */
const frames = fc
  .tuple(
    fc.integer({ min: 6, max: 100 }),
    fc.array(
      fc.record({
        type: fc.integer({ min: 0, max: 2046 }),
        body: fc.uint8Array({ maxLength: 2041, size: 'max' }),
      }),
      { maxLength: 8 },
    ),
  )
  .map(([firstSize, rest]) => [
    plainFrame(FIRST, new Uint8Array(firstSize - 6).fill(0x41)),
    ...rest.map(({ type, body }) => plainFrame(type, body)),
  ]);

function plainFrame(type: number, body: Uint8Array): Buffer {
  const plain = Buffer.alloc(6 + body.length);
  plain.writeUInt16LE(plain.length, 0);
  plain.writeUInt16LE(type, 2);
  plain.set(body, 6);
  return plain;
}

interface Found {
  readonly frames: string[];
  readonly failed: string[];
  readonly inUse: number;
  readonly held: number;
}

/** Reads a stream in pieces through one buffer that is overwritten after every read, with pauses after the frames that `pauses` names. */
function read(
  stream: Buffer,
  sizes: readonly number[],
  crc: 'accept-zero' | 'require',
  pauses: ReadonlySet<number>,
): Found {
  const framing = createRoseFraming({ crc, keys, firstPackets: new Map([[FIRST, { min: 6, max: 100 }]]) });
  const pool = new BufferPool(framing.maxFrame, 1);
  const counters = new NetCounters();
  const found: string[] = [];
  const failed: string[] = [];
  const reader = new FrameReader(framing.open(), pool, counters, {
    frame(type, buffer, payloadStart, payloadEnd) {
      found.push(plainFrame(type, buffer.subarray(payloadStart, payloadEnd)).toString('hex'));
      if (pauses.has(found.length)) reader.pause();
    },
    failed: (code) => failed.push(code),
  });
  const shared = Buffer.alloc(stream.length + 16);
  let turn = 0;
  for (let at = 0; at < stream.length; turn += 1) {
    const size = Math.min(stream.length - at, Math.max(1, sizes[turn % sizes.length] ?? 1));
    const offset = turn % 16;
    stream.copy(shared, offset, at, at + size);
    reader.push(shared, offset, offset + size, false);
    shared.fill(0xff);
    at += size;
    if (turn % 3 === 0) reader.resume();
  }
  while (!reader.resume() && failed.length === 0 && counters.bytesHeld > 0);
  reader.finish();
  return { frames: found, failed, inUse: pool.inUse, held: counters.bytesHeld };
}

const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 3_000 })), {
  minLength: 1,
  maxLength: 30,
  size: 'max',
});
const pauses = fc
  .uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 5 })
  .map((numbers) => new Set(numbers));

describe('frames at every split', () => {
  it.each(['plain', 'rose', 'rose:12345678'])(
    'come out as they went in, in order, glued and cut anywhere, paused anywhere (%s)',
    (variant) => {
      fc.assert(
        fc.property(
          frames,
          cuts,
          pauses,
          fc.constantFrom('accept-zero' as const, 'require' as const),
          (sent, sizes, stops, crc) => {
            // The client's own choice whether to carry a CRC; the server under `require` insists on it.
            const client = createRoseFraming({ crc, keys }).openClient(variant);
            const stream = Buffer.concat(sent.map((plain) => client.seal(plain)));
            const found = read(stream, sizes, crc, stops);
            expect(found.failed).toEqual([]);
            expect(found.frames).toEqual(
              sent.map((plain) => plainFrame(plain.readUInt16LE(2), plain.subarray(6)).toString('hex')),
            );
            expect([found.inUse, found.held]).toEqual([0, 0]);
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  it.each(['plain', 'rose'])('come out at each single split of a short stream (%s)', (variant) => {
    const sent = [
      plainFrame(FIRST, Buffer.from('first')),
      plainFrame(0x71a, Buffer.alloc(0)),
      plainFrame(0x7ff, Buffer.alloc(31, 7)),
    ];
    const client = createRoseFraming({ keys }).openClient(variant);
    const stream = Buffer.concat(sent.map((plain) => client.seal(plain)));
    for (let first = 1; first < stream.length; first += 1) {
      for (let second = 1; second <= stream.length - first; second += 1) {
        const found = read(stream, [first, second, stream.length], 'accept-zero', new Set());
        expect(found.frames).toEqual(sent.map((plain) => plain.toString('hex')));
      }
    }
  });

  it('are never handed on after a damaged byte of an enciphered stream, but for those before it', () => {
    const client = createRoseFraming({ keys }).openClient('rose');
    fc.assert(
      fc.property(frames, cuts, fc.nat(), fc.integer({ min: 1, max: 255 }), (sent, sizes, place, flip) => {
        const stream = Buffer.concat(sent.map((plain) => client.seal(plain)));
        const at = place % stream.length;
        stream[at] = (stream[at] ?? 0) ^ flip;
        let before = 0;
        for (let end = 0; before < sent.length; before += 1) {
          end += sent[before]?.length ?? 0;
          if (end > at) break;
        }
        const found = read(stream, sizes, 'accept-zero', new Set());
        const hexes = sent.map((plain) => plain.toString('hex'));
        expect(found.frames.slice(0, before)).toEqual(hexes.slice(0, before));
        // A checksum of eight bits catches every error within eight neighbouring bits of a body; a damaged header may claim anything.
        const inFrame = at - hexes.slice(0, before).reduce((sum, hex) => sum + hex.length / 2, 0);
        if (inFrame >= 5) expect(found.frames).toHaveLength(before);
        expect([found.inUse, found.held]).toEqual([0, 0]);
      }),
      { numRuns: 150 },
    );
  });
});
