import type { Text } from '../../shared/protocol/index.ts';

/** The bytes of a text as hexadecimal digits. */
export function hexOf(text: Text): string {
  return typeof text === 'string' ? Buffer.from(text, 'utf8').toString('hex') : text.$hex;
}

/** A name for looking up: bytes that are no text match no name. */
export function nameOf(text: Text): string {
  return typeof text === 'string' ? text : Buffer.from(text.$hex, 'hex').toString('latin1');
}
