import type { ErrorCode } from '../../errors/catalogue.ts';
import { EdgeError } from '../../errors/edge-error.ts';

/** A value as it appears in an error: short, and never more than its beginning. */
export function shown(value: unknown): string {
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

/** The two ways in which the code of one packet fails; bound to the packet's name. */
export interface Faults {
  /** While decoding: the payload does not hold what the schema says. */
  decode(code: ErrorCode, field: string, found: string): never;
  /** While encoding: a supplied value does not fit its field. */
  encode(code: ErrorCode, field: string, value: unknown): never;
  /** While encoding: an object has other keys than `known`. Returns if the surplus keys are all undefined. */
  surplus(field: string, value: object, known: readonly string[]): void;
}

export function faultsOf(packet: string): Faults {
  const raise = (code: ErrorCode, field: string, found: string): never => {
    throw new EdgeError(code, `${packet}${field === '' ? '' : `.${field}`}: ${found}`, {
      packet,
      field,
      found,
    });
  };
  return {
    decode: raise,
    encode: (code, field, value) => raise(code, field, secret.test(field) ? typeof value : shown(value)),
    surplus(field, value, known) {
      for (const [key, entry] of Object.entries(value)) {
        if (entry === undefined || known.includes(key)) continue;
        raise('unknown_field', field === '' ? key : `${field}.${key}`, 'no such field');
      }
    },
  };
}
