import type { ErrorCode } from '../../errors/catalogue.ts';
import { EdgeError } from '../../errors/edge-error.ts';
import { pathAt } from './place.ts';

/** A value as it appears in an error: short, and never more than its beginning. */
function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' || value === undefined) return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return typeof value;
  let text: string;
  try {
    text = JSON.stringify(value) ?? typeof value;
  } catch {
    text = typeof value;
  }
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Fields whose values are secrets and stay out of errors. */
const secret = /password|token/i;

/**
 * The ways in which the code of one packet fails; bound to the packet's name. `path` and `indices` are a place, see place.ts.
 */
export interface Faults {
  /** While decoding: the payload does not hold what the schema says. */
  decode(code: ErrorCode, found: string, path: string, ...indices: number[]): never;
  /** While decoding: `there` bytes are left where `needed` are needed. */
  short(needed: number, there: number, path: string, ...indices: number[]): never;
  /** While encoding: a supplied value does not fit its field. */
  encode(code: ErrorCode, value: unknown, path: string, ...indices: number[]): never;
  /** While encoding: a value is missing (undefined) or is none that its field can hold. */
  value(value: unknown, path: string, ...indices: number[]): never;
  /** While encoding: an object has other keys than `known`. Returns if the surplus keys are all undefined. */
  surplus(value: object, known: readonly string[], path: string, ...indices: number[]): void;
}

export function faultsOf(packet: string): Faults {
  const decode: Faults['decode'] = (code, found, path, ...indices) => {
    const field = pathAt(path, indices);
    throw new EdgeError(code, `${packet}${field === '' ? '' : `.${field}`}: ${found}`, {
      packet,
      field,
      found,
    });
  };
  const encode: Faults['encode'] = (code, value, path, ...indices) =>
    decode(code, secret.test(path) ? typeof value : shown(value), path, ...indices);
  return {
    decode,
    encode,
    short: (needed, there, path, ...indices) =>
      decode('short_payload', `${needed} bytes needed, ${there} there`, path, ...indices),
    value: (value, path, ...indices) =>
      encode(value === undefined ? 'missing_field' : 'bad_value', value, path, ...indices),
    surplus(value, known, path, ...indices) {
      for (const [key, entry] of Object.entries(value)) {
        if (entry === undefined || known.includes(key)) continue;
        decode('unknown_field', 'no such field', path === '' ? key : `${path}.${key}`, ...indices);
      }
    },
  };
}
