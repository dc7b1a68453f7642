import { expect } from 'vitest';

function rawBytes(value: object): string | undefined {
  const hex = (value as { $hex?: unknown }).$hex;
  return typeof hex === 'string' ? hex : undefined;
}

/**
 * Expects that everything in `part` is in `whole`: objects of `whole` may have more keys (all views of a union, fields with
 * defaults), lists may be longer, and raw bytes that are valid UTF-8 come back as a string.
 */
export function expectWithin(part: unknown, whole: unknown, place: string): void {
  if (Array.isArray(part)) {
    expect(Array.isArray(whole), place).toBe(true);
    for (const [index, item] of part.entries())
      expectWithin(item, (whole as unknown[])[index], `${place}[${index}]`);
    return;
  }
  if (typeof part !== 'object' || part === null) {
    expect(whole, place).toBe(part);
    return;
  }
  const hex = rawBytes(part);
  if (hex !== undefined && typeof whole === 'string') {
    expect(Buffer.from(whole, 'utf8').toString('hex'), place).toBe(hex);
    return;
  }
  for (const [key, item] of Object.entries(part))
    expectWithin(item, (whole as Record<string, unknown>)[key], `${place}.${key}`);
}
