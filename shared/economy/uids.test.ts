import { expect, test } from 'vitest';
import { uidsOf } from './uids.ts';

test('identities are 64 bits, the same when a step is repeated, and no two alike', () => {
  const of = (step: string) => Array.from({ length: 20 }, uidsOf(step));
  expect(of('a/1')).toEqual(of('a/1'));
  for (const uid of of('a/1')) expect(uid).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set([...of('a/1'), ...of('a/2')]).size).toBe(40);
});
