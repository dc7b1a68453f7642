import type { Json, JsonObject } from '../../shared/contract/index.ts';

/** Known sizes of section values: they are frozen, and live through many turns. */
const known = new WeakMap<object, number>();

/** About as many bytes as `JSON.stringify` would give, without making the text. */
export function estimateSize(value: Json | undefined): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return Number.isInteger(value) && value < 1e6 ? 7 : 18;
  if (typeof value !== 'object' || value === null) return 5;
  let size = 2;
  if (Array.isArray(value)) {
    for (const element of value) size += 1 + estimateSize(element);
    return size;
  }
  const object = value as JsonObject;
  for (const key in object) size += key.length + 4 + estimateSize(object[key]);
  return size;
}

/** The same for a frozen value that is asked for again and again. */
export function estimateFrozen(value: JsonObject): number {
  let size = known.get(value);
  if (size === undefined) {
    size = estimateSize(value);
    known.set(value, size);
  }
  return size;
}

/** A decoded packet in JSON, from the bytes of its frame: field names outweigh the values. */
export const packetSize = (frameBytes: number): number => 96 + frameBytes * 8;
