import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeError } from '../errors/edge-error.ts';
import { resolveFields } from './compile/resolve.ts';
import { schema } from './data/index.ts';
import { createProtocol, type Direction, ingressOverlays, profileNames } from './index.ts';
import { profileOf } from './profile.ts';
import { fieldsOf } from './testing/arbitrary-fields.ts';
import { firstDifference } from './testing/within.ts';

const directions: readonly Direction[] = ['c2s', 's2c', 'isc'];

describe.each(profileNames)('every packet of profile %s', (name) => {
  const protocol = createProtocol(name);
  const profile = profileOf(name);

  for (const definition of schema.packets) {
    const codec = protocol.byName(definition.name);
    if (codec === undefined) continue;
    const slots = resolveFields(profile.types, profile.fieldsOf(definition), definition.name);

    it(`${definition.name} comes back as it was written`, () => {
      const property = fc.property(fieldsOf(slots), fc.integer({ min: 0, max: 300 }), (fields, offset) => {
        const buffer = Buffer.alloc(offset + protocol.maxFrame, 0xa5);
        const end = codec.encodeInto(buffer, offset, fields);
        expect(end - offset).toBeGreaterThanOrEqual(codec.minFrame);
        expect(end - offset).toBeLessThanOrEqual(codec.maxFrame);
        expect(buffer.readUInt16LE(offset)).toBe(end - offset);
        expect(buffer.readUInt16LE(offset + 2)).toBe(codec.type);
        const decoded = codec.decodePayload(buffer, offset + 6, end);
        expect(firstDifference(fields, decoded, definition.name)).toBeUndefined();
        const again = Buffer.alloc(protocol.maxFrame, 0x5a);
        const size = codec.encodeInto(again, 0, decoded);
        expect(again.toString('hex', 0, size)).toBe(buffer.toString('hex', offset, end));
        expect(protocol.encode(definition.name, fields).equals(buffer.subarray(offset, end))).toBe(true);
      });
      fc.assert(property, { numRuns: 25 });
    });
  }
});

describe.each(profileNames)('hostile bytes in profile %s', (name) => {
  const protocol = createProtocol(name, { overlays: ingressOverlays });

  it('give fields that can be written again, or an EdgeError', () => {
    const types = protocol.packets.map((codec) => codec.type);
    const frames = fc.record({
      direction: fc.constantFrom(...directions),
      type: fc.oneof(fc.constantFrom(...types), fc.integer({ min: 0, max: 0xffff })),
      payload: fc.uint8Array({ maxLength: 300, size: 'max' }),
    });
    const property = fc.property(frames, ({ direction, type, payload }) => {
      const frame = Buffer.concat([Buffer.alloc(6), payload]);
      frame.writeUInt16LE(frame.length, 0);
      frame.writeUInt16LE(type, 2);
      try {
        const { name: packet, fields } = protocol.decode(frame, direction);
        protocol.encode(packet, fields);
      } catch (error) {
        if (!EdgeError.is(error)) throw error;
      }
    });
    fc.assert(property, { numRuns: 3000 });
  });

  it('cut anywhere give fields or an EdgeError', () => {
    for (const codec of protocol.packets) {
      for (const byte of [0x00, 0x41, 0xff]) {
        for (let length = 0; length < 120; length += 1) {
          try {
            codec.decodePayload(Buffer.alloc(length, byte), 0, length);
          } catch (error) {
            if (!EdgeError.is(error)) throw error;
          }
        }
      }
    }
  });
});

describe('hostile values', () => {
  const protocol = createProtocol('head');

  it('are encoded or refused with an EdgeError', () => {
    const codecs = fc.constantFrom(...protocol.packets);
    const oddities = fc.anything({
      withBigInt: true,
      withDate: true,
      withNullPrototype: true,
      withSparseArray: true,
    });
    const property = fc.property(
      codecs,
      fc.array(oddities, { maxLength: 8 }),
      oddities,
      (codec, values, whole) => {
        const slots = schema.packets.find((definition) => definition.name === codec.name)?.fields ?? [];
        const fields = Object.fromEntries(
          slots.flatMap((field, index) => ('n' in field ? [[field.n, values[index]]] : [])),
        );
        for (const given of [fields, whole]) {
          try {
            protocol.encode(codec.name, given as Record<string, unknown>);
          } catch (error) {
            if (!EdgeError.is(error)) throw error;
          }
        }
      },
    );
    fc.assert(property, { numRuns: 3000 });
  });
});
