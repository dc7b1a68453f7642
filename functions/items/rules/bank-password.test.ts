import { describe, expect, it } from 'vitest';
import { digestOf, opens } from './bank-password.ts';

describe('the password of a bank', () => {
  it('opens with itself only', () => {
    const kept = digestOf('1234', 'step-1');
    expect(opens('1234', kept)).toBe(true);
    for (const other of ['1235', '', '12345']) expect(opens(other, kept)).toBe(false);
  });

  it('is kept the same when a step is repeated, and never twice alike else', () => {
    expect(digestOf('1234', 'step-1')).toEqual(digestOf('1234', 'step-1'));
    expect(digestOf('1234', 'step-2').digest).not.toBe(digestOf('1234', 'step-1').digest);
  });

  // Whoever changes how digests are made must still be able to open the banks that there are.
  it('opens a bank that was closed by the first version', () => {
    const salt = '062bfe546fe1a2f0c64fb3f5d988707a';
    const digest = 'af03934ddb022088f3c1f33a1fa6f66a2f3900ec43202b44';
    expect(opens('1234', { salt, digest })).toBe(true);
    expect(digestOf('1234', 'step-1')).toEqual({ salt, digest });
  });
});
