import type { Json } from '../../shared/contract/index.ts';

/** Freezes a JSON value with all that is in it, and returns it. What a handler was shown can then never be changed under another. */
export function deepFreeze<T extends Json | undefined>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner as Json | undefined);
  return Object.freeze(value);
}
