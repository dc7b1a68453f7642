import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { createProtocol, type Direction, type Fields } from '../../shared/protocol/index.ts';
import { expectWithin } from '../../shared/protocol/testing/within.ts';

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
const duplicates = new Set(
  protocol.packets
    .filter((codec) => protocol.byType(codec.direction, codec.type) !== codec)
    .map((codec) => codec.name),
);

function direction(name: string): Direction {
  const codec = protocol.byName(name);
  if (codec === undefined) throw new Error(`no packet ${name}`);
  return codec.direction;
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
      if (duplicates.has(vector.name)) return;
      const decoded = protocol.decode(Buffer.from(vector.hex, 'hex'), direction(vector.name));
      expect(decoded.name).toBe(vector.name);
      expect(decoded.type).toBe(vector.type);
      expectWithin(vector.fields, decoded.fields, vector.name);
      expect(JSON.parse(JSON.stringify(decoded.fields))).toEqual(decoded.fields);
      expect(protocol.encode(decoded.name, decoded.fields).toString('hex')).toBe(vector.hex);
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
