import { expect, it } from 'vitest';
import { deepFreeze } from './deep-freeze.ts';

it('freezes everything inside, and nothing twice', () => {
  const value = { a: [{ b: 1 }], c: null, d: 'text' };
  expect(deepFreeze(value)).toBe(value);
  expect(Object.isFrozen(value.a)).toBe(true);
  expect(() => {
    (value.a[0] as { b: number }).b = 2;
  }).toThrow(TypeError);
  const known = Object.freeze({ inner: { changed: false } });
  deepFreeze(known);
  known.inner.changed = true;
  expect(known.inner.changed).toBe(true);
});
