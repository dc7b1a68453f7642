import type { Text } from '../../shared/protocol/index.ts';

/** Bytes that a message may have. */
export const LONGEST_MESSAGE = 255;

/** Bytes of a text on the wire, without its terminator. */
export function byteLength(text: Text): number {
  return typeof text === 'string' ? Buffer.byteLength(text, 'utf8') : text.$hex.length / 2;
}

/** Whether a text is a command: its first byte is a slash. */
export function isCommand(text: Text): boolean {
  return typeof text === 'string' ? text.startsWith('/') : text.$hex.startsWith('2f');
}
