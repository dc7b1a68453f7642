import { describe, expect, it } from 'vitest';
import { plainJson } from './plain-json.ts';

const circle: { self?: unknown } = {};
circle.self = circle;

describe('plainJson', () => {
  it.each([
    [null],
    [0],
    ['text'],
    [[1, [2]]],
    [{ a: { b: [true, null, { c: 'd' }] } }],
    [Object.create(null)],
  ])('returns %j as it is', (value) => expect(plainJson(value, 'x')).toBe(value));

  it('leaves out what is undefined, as JSON does, and copies only around it', () => {
    const kept = { z: 1 };
    const value = { a: { gone: undefined, b: 1 }, kept, list: [{ c: undefined }, 2] };
    const plain = plainJson(value, 'x');
    expect(JSON.stringify(plain)).toBe(JSON.stringify(value));
    expect(plain).toHaveProperty('kept', kept);
    expect(Object.keys((plain as { a: object }).a)).toEqual(['b']);
    expect(value.a).toHaveProperty('gone');
  });

  it.each([
    ['x', Number.NaN, 'NaN'],
    ['x.a', { a: Number.POSITIVE_INFINITY }, 'Infinity'],
    ['x.a[1]', { a: [1, 5n] }, 'bigint'],
    ['x.when', { when: new Date(0) }, 'Date'],
    ['x.map', { map: new Map() }, 'Map'],
    ['x[0].f', [{ f: () => 1 }], 'function'],
    ['x[0]', [undefined], 'undefined'],
    [`x${'.self'.repeat(32)}`, circle, 'nested deeper'],
  ])('refuses what is at %s', (field, value, what) => {
    expect(() => plainJson(value, 'x')).toThrow(what);
    expect(() => plainJson(value, 'x')).toThrow(
      expect.objectContaining({ code: 'bad_result', details: { field } }),
    );
  });
});
