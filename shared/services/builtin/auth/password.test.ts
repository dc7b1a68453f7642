import { describe, expect, test } from 'vitest';
import { formOf, hashSecret, secretMatches, secretsOf } from './password.ts';

const ascii = (hex: string) => Buffer.from(hex, 'hex').toString('latin1');

describe('what clients send for a typed password', () => {
  test('is its SHA-256 as 64 hexadecimal digits, or its MD5 as 32', () => {
    const { long, short } = secretsOf('abc');
    expect(ascii(long)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(ascii(short)).toBe('900150983cd24fb0d6963f7d28e17f72');
  });

  test('has one of two lengths', () => {
    expect(formOf('00'.repeat(64))).toBe('long');
    expect(formOf('00'.repeat(32))).toBe('short');
    for (const length of [0, 31, 33, 63, 65]) expect(formOf('00'.repeat(length))).toBeNull();
  });
});

describe('hashes', () => {
  test('match their secret only', async () => {
    const { long, short } = secretsOf('correct');
    const stored = await hashSecret(long);
    expect(await secretMatches(long, stored)).toBe(true);
    expect(await secretMatches(short, stored)).toBe(false);
    expect(await secretMatches(secretsOf('wrong').long, stored)).toBe(false);
    expect(await secretMatches(long, undefined)).toBe(false);
  });

  test('of the same secret differ, and hold for their own parameters only', async () => {
    const { short } = secretsOf('correct');
    const [one, two] = [await hashSecret(short), await hashSecret(short)];
    expect(one.hash).not.toBe(two.hash);
    expect(await secretMatches(short, { ...one, passes: 3 })).toBe(false);
  });
});
