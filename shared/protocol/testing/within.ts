function rawBytes(value: object): string | undefined {
  const hex = (value as { $hex?: unknown }).$hex;
  return typeof hex === 'string' ? hex.toLowerCase() : undefined;
}

/**
 * The place of the first thing in `part` that is not in `whole`, or undefined. Objects of `whole` may have more keys (all views of a
 * union, fields with defaults), lists may be longer, and raw bytes that are valid UTF-8 may come back as a string.
 */
export function firstDifference(part: unknown, whole: unknown, place: string): string | undefined {
  if (typeof part !== 'object' || part === null) return Object.is(part, whole) ? undefined : place;
  const hex = rawBytes(part);
  if (hex !== undefined && typeof whole === 'string') {
    return Buffer.from(whole, 'utf8').toString('hex') === hex ? undefined : place;
  }
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole))
    return place;
  for (const [key, item] of Object.entries(part)) {
    const found = firstDifference(item, (whole as Record<string, unknown>)[key], `${place}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
