import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { createProtocol, type Fields, headerSize, type PacketCodec } from '../../shared/protocol/index.ts';
import { firstDifference } from '../../shared/protocol/testing/within.ts';

interface Vector {
  readonly name: string;
  readonly type?: number;
  readonly case: string;
  readonly fields: Fields;
  readonly hex: string;
}

function load(file: string): Vector[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', file), 'utf8')) as Vector[];
}

const protocol = createProtocol('head');

function codecOf(name: string): PacketCodec {
  const codec = protocol.byName(name);
  if (codec === undefined) throw new Error(`no packet ${name}`);
  return codec;
}

describe('vectors of the reference', () => {
  const vectors = load('vectors.json');

  it('are all there', () => {
    expect(vectors.length).toBe(668);
  });

  for (const vector of vectors) {
    it(`${vector.name}: ${vector.case}`, () => {
      const frame = protocol.encode(vector.name, vector.fields);
      expect(frame.toString('hex')).toBe(vector.hex);
      const codec = codecOf(vector.name);
      const bytes = Buffer.from(vector.hex, 'hex');
      const fields = codec.decodePayload(bytes, headerSize, bytes.length);
      expect(codec.type).toBe(vector.type);
      expect(firstDifference(vector.fields, fields, vector.name)).toBeUndefined();
      expect(JSON.parse(JSON.stringify(fields))).toEqual(fields);
      expect(protocol.encode(vector.name, fields).toString('hex')).toBe(vector.hex);
      if (protocol.byType(codec.direction, codec.type) !== codec) return;
      expect(protocol.decode(bytes, codec.direction)).toEqual({
        name: vector.name,
        type: vector.type,
        fields,
      });
    });
  }
});

describe('cases that the reference gets wrong are refused', () => {
  const codes: Record<string, string> = {
    CLI_LOGIN_REQ: 'fixed_length',
    CLI_NORMAL_CHAT: 'inner_nul',
    SRV_SET_ITEM: 'count_overflow',
  };
  const vectors = load('edge-vectors.json');

  it('are all there', () => {
    expect(vectors.map((vector) => vector.name)).toEqual(Object.keys(codes));
  });

  for (const vector of vectors) {
    it(`${vector.name}: ${vector.case}`, () => {
      let raised: unknown;
      try {
        protocol.encode(vector.name, vector.fields);
      } catch (error) {
        raised = error;
      }
      expect(EdgeError.is(raised) ? raised.code : raised).toBe(codes[vector.name]);
    });
  }
});
