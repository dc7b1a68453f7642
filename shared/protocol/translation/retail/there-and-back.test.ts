import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeError } from '../../../errors/edge-error.ts';
import { resolveFields } from '../../compile/resolve.ts';
import { schema } from '../../data/index.ts';
import { headerSize } from '../../index.ts';
import { fieldsOf } from '../../testing/arbitrary-fields.ts';
import { retail } from '../../testing/retail-wire.ts';
import { retailTranslations } from './index.ts';

describe('every packet with a translation', () => {
  it('exists, and is translated once', () => {
    const names = retailTranslations.map(({ packet }) => packet);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => retail.byName(name) === undefined)).toEqual([]);
  });
});

describe('what handlers know, in profile retail', () => {
  for (const definition of schema.packets) {
    const codec = retail.byName(definition.name);
    if (codec === undefined) continue;
    const slots = resolveFields(schema.types, definition.fields, definition.name);
    it(`${definition.name} goes over the wire and back without further loss`, () => {
      const property = fc.property(fieldsOf(slots), (fields) => {
        let first: Buffer;
        try {
          first = retail.encode(definition.name, fields);
        } catch (error) {
          // Passwords have half the length; a union whose parts are moved is given by them.
          expect(EdgeError.is(error) && error.code).toMatch(/^(no_counterpart|fixed_length|missing_field)$/);
          return;
        }
        const known = codec.decodePayload(first, headerSize, first.length);
        expect(Object.values(known)).not.toContain(undefined);
        expect(retail.encode(definition.name, known).toString('hex')).toBe(first.toString('hex'));
      });
      fc.assert(property, { numRuns: 25 });
    });
  }
});

describe('whatever comes or is to go, in profile retail', () => {
  const codecs = fc.constantFrom(...retail.packets);
  const orEdgeError = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      if (!EdgeError.is(error)) throw error;
    }
  };

  it('is fields that can be written again, or an EdgeError', () => {
    const property = fc.property(codecs, fc.uint8Array({ maxLength: 200, size: 'max' }), (codec, bytes) =>
      orEdgeError(() => retail.encode(codec.name, codec.decodePayload(Buffer.from(bytes), 0, bytes.length))),
    );
    fc.assert(property, { numRuns: 3000 });
  });

  it('is a frame, or an EdgeError', () => {
    const odd = fc.anything({
      withBigInt: true,
      withDate: true,
      withNullPrototype: true,
      withSparseArray: true,
    });
    const property = fc.property(codecs, fc.array(odd, { maxLength: 8 }), (codec, values) => {
      const slots = schema.packets.find(({ name }) => name === codec.name)?.fields ?? [];
      const fields = slots.flatMap((slot, index) => ('n' in slot ? [[slot.n, values[index]]] : []));
      orEdgeError(() => retail.encode(codec.name, Object.fromEntries(fields)));
    });
    fc.assert(property, { numRuns: 3000 });
  });
});
