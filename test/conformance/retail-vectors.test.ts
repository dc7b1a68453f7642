import { describe, expect, it } from 'vitest';
import { createProtocol, type Fields, headerSize, ingressOverlays } from '../../shared/protocol/index.ts';
import { firstDifference } from '../../shared/protocol/testing/within.ts';
import data from './vectors/retail-vectors.json' with { type: 'json' };

interface Vector {
  readonly name: string;
  readonly case: string;
  readonly way: 'both' | 'read' | 'write';
  readonly fields: Fields;
  readonly hex: string;
}

const vectors = data.vectors as unknown as readonly Vector[];
const protocol = createProtocol('retail', { overlays: ingressOverlays, commonFields: true });

describe('frames of the retail client', () => {
  it('are all there', () => {
    expect(vectors).toHaveLength(63);
  });

  for (const { name, case: what, way, fields, hex } of vectors) {
    it(`${name}: ${what}`, () => {
      const bytes = Buffer.from(hex, 'hex');
      const codec = protocol.byName(name);
      expect(codec?.type).toBe(bytes.readUInt16LE(2));
      if (way !== 'read') expect(protocol.encode(name, fields).toString('hex')).toBe(hex);
      const decoded = codec?.decodePayload(bytes, headerSize, bytes.length);
      if (way !== 'write') expect(firstDifference(fields, decoded, name)).toBeUndefined();
    });
  }
});
