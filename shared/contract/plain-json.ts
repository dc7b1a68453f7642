import { EdgeError } from '../errors/edge-error.ts';
import type { Json } from './json.ts';

/** Deeper than this no state or packet goes; it also ends circles. */
const MAX_DEPTH = 32;

/**
 * Checks that a value is plain JSON, so that it means the same in the process and across a wire. Returns it as it is, or, where fields
 * are `undefined`, a copy without them.
 * @param path where the value is, for the error
 * @throws EdgeError `bad_result` with the path of a value that is not JSON (NaN, bigint, class instance, function, circle)
 */
export function plainJson(value: unknown, path: string): Json {
  return plain(value, path, 0);
}

function refused(path: string, what: string): never {
  throw new EdgeError('bad_result', `${path} is not plain JSON: ${what}`, { field: path });
}

function plain(value: unknown, path: string, depth: number): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : refused(path, String(value));
    case 'object':
      if (value === null) return null;
      if (depth >= MAX_DEPTH) return refused(path, `nested deeper than ${MAX_DEPTH}`);
      return Array.isArray(value) ? plainArray(value, path, depth) : plainObject(value, path, depth);
    default:
      return refused(path, typeof value);
  }
}

function plainArray(value: readonly unknown[], path: string, depth: number): Json {
  let copy: Json[] | undefined;
  for (let i = 0; i < value.length; i += 1) {
    const item = value[i];
    // Most elements are numbers and need no path.
    const cleaned =
      typeof item === 'number' && Number.isFinite(item) ? item : plain(item, `${path}[${i}]`, depth + 1);
    if (copy === undefined && cleaned !== item) copy = value.slice(0, i) as Json[];
    copy?.push(cleaned);
  }
  return copy ?? (value as Json[]);
}

function plainObject(value: object, path: string, depth: number): Json {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    return refused(path, value.constructor?.name ?? 'object');
  const fields = value as Record<string, unknown>;
  let copy: Record<string, Json | undefined> | undefined;
  for (const key of Object.keys(fields)) {
    const item = fields[key];
    if (
      typeof item === 'string' ||
      typeof item === 'boolean' ||
      (typeof item === 'number' && Number.isFinite(item))
    )
      continue;
    const cleaned = item === undefined ? undefined : plain(item, `${path}.${key}`, depth + 1);
    if (item === undefined || cleaned !== item) {
      copy ??= { ...fields } as Record<string, Json | undefined>;
      if (cleaned === undefined) delete copy[key];
      else copy[key] = cleaned;
    }
  }
  return copy ?? (fields as Record<string, Json>);
}
