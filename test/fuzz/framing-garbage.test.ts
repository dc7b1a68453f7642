import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Framing } from '../../ingress/net/framing.ts';
import { createListener } from '../../ingress/net/listener.ts';
import { createRoseFraming, MAX_FRAME } from '../../ingress/net/rose/framing.ts';
import { fixedKey, seededKey } from '../../ingress/net/rose/key.ts';
import { ERRORS } from '../../shared/errors/catalogue.ts';

const firstPackets = new Map([
  [0x504, { min: 6, max: 6 }],
  [0x50a, { min: 7, max: 5_000 }],
]);

const framings: [string, Framing][] = [
  ['auto', createRoseFraming({ firstPackets })],
  ['auto, several keys', createRoseFraming({ firstPackets, keys: [fixedKey(), seededKey(0), seededKey(7)] })],
  ['none, crc required', createRoseFraming({ cipher: 'none', crc: 'require' })],
  ['rose', createRoseFraming({ cipher: 'rose' })],
];

/** Bytes of any kind, some of which begin like a first packet. */
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 4_000, size: 'max' }),
  fc
    .tuple(
      fc.constantFrom('060004050000', '0a000a050100', 'ff070a050000', '0600040500'),
      fc.uint8Array({ maxLength: 200, size: 'max' }),
    )
    .map(([head, rest]) => Buffer.concat([Buffer.from(head, 'hex'), rest])),
);

describe('any bytes at all', () => {
  it.each(framings)('get a sane verdict (%s)', (_name, framing) => {
    fc.assert(
      fc.property(garbage, fc.nat(20), (bytes, offset) => {
        const codec = framing.open();
        const buffer = Buffer.concat([Buffer.alloc(offset, 0xcd), bytes, Buffer.alloc(8, 0xcd)]);
        const end = offset + bytes.length;
        let at = offset;
        for (let turn = 0; at < end; turn += 1) {
          expect(turn).toBeLessThan(1_000);
          const verdict = codec.next(buffer, at, end);
          if (verdict.kind === 'frame') {
            expect(verdict.consumed).toBeGreaterThanOrEqual(framing.headerSize);
            expect(verdict.payloadStart).toBe(at + framing.headerSize);
            expect(verdict.payloadEnd).toBeGreaterThanOrEqual(verdict.payloadStart);
            expect(at + verdict.consumed).toBeGreaterThanOrEqual(verdict.payloadEnd);
            expect(at + verdict.consumed).toBeLessThanOrEqual(end);
            expect(framing.variants).toContain(codec.variant);
            at += verdict.consumed;
          } else if (verdict.kind === 'partial') {
            expect(verdict.need).toBeGreaterThan(end - at);
            expect(verdict.need).toBeLessThanOrEqual(MAX_FRAME);
            break;
          } else {
            expect(ERRORS[verdict.code]).toMatchObject({ area: 'frame', closes: true });
            break;
          }
        }
        expect(buffer.subarray(0, offset).every((byte) => byte === 0xcd)).toBe(true);
        expect(buffer.subarray(end).every((byte) => byte === 0xcd)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['onread', 'data'] as const)('harm no server (reading by %s)', async (reading) => {
    const [, framing] = framings[0] as [string, Framing];
    const closed: string[] = [];
    const faults: unknown[] = [];
    const listener = createListener({
      framing,
      host: '127.0.0.1',
      port: 0,
      reading,
      poolSize: 8,
      events: {
        onOpen() {},
        onFrame: (connection, _type, buffer, start, end) => connection.send(buffer.subarray(start - 6, end)),
        onClose: (_connection, code) => closed.push(code),
        onRefused() {},
        onFault: (_connection, error) => faults.push(error),
      },
    });
    const { port } = await listener.listen();
    const streams = fc.sample(fc.tuple(garbage, fc.integer({ min: 1, max: 500 })), {
      numRuns: 150,
      seed: 20_261_123,
    });
    await Promise.all(
      streams.map(
        ([bytes, step]) =>
          new Promise<void>((resolve) => {
            const socket = connect({ port, host: '127.0.0.1' }, () => {
              for (let at = 0; at < bytes.length; at += step) socket.write(bytes.subarray(at, at + step));
              socket.end();
            });
            socket.on('error', () => {}).on('close', () => resolve());
            socket.resume();
          }),
      ),
    );
    await listener.stopAccepting();
    await listener.closeAll('shutting_down');
    expect(faults).toEqual([]);
    expect(closed).toHaveLength(150);
    expect(listener.pool).toMatchObject({ inUse: 0, free: 8 });
    expect(listener.counters.bytesHeld).toBe(0);
  });
});
