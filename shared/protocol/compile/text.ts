import { isUtf8 } from 'node:buffer';

/** A text field: a string, or raw bytes (lower-case hex) where the bytes are not valid UTF-8. */
export type Text = string | { readonly $hex: string };

/** What the writers answer instead of an end offset. */
export const textFailures = { room: -1, nul: -2, value: -3, length: -4 } as const;

function shortReader(): (buffer: Buffer, start: number, length: number) => string {
  const cases: string[] = [];
  for (let length = 1; length <= 16; length += 1) {
    const bytes = Array.from({ length }, (_, index) => `b[p + ${index}]`);
    cases.push(`case ${length}: return String.fromCharCode(${bytes.join(', ')});`);
  }
  // Sixteen cases that differ in the number of arguments only; one call each is three times faster than entering the runtime.
  return new Function('b', 'p', 'n', `switch (n) { ${cases.join(' ')} } return '';`) as ReturnType<
    typeof shortReader
  >;
}

/** The text of at most 16 ASCII bytes. */
export const readShort = shortReader();

/** The text of bytes of which at least one is not ASCII. */
export function readText(buffer: Buffer, start: number, end: number): Text {
  if (isUtf8(buffer.subarray(start, end))) return buffer.toString('utf8', start, end);
  return { $hex: buffer.toString('hex', start, end) };
}

/** Exactly the bytes from `start` to `end`, as text. */
export function readFixed(buffer: Buffer, start: number, end: number): Text {
  let seen = 0;
  for (let at = start; at < end; at += 1) seen |= buffer[at] as number;
  return seen < 0x80 ? buffer.toString('latin1', start, end) : readText(buffer, start, end);
}

function bytesOf(value: unknown): Buffer | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? Buffer.from(value, 'utf8') : undefined;
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  const hex = (value as { $hex?: unknown }).$hex;
  if (typeof hex !== 'string' || hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) return undefined;
  return Buffer.from(hex, 'hex');
}

function writeOther(buffer: Buffer, start: number, value: unknown, limit: number): number {
  const bytes = bytesOf(value);
  if (bytes === undefined) return textFailures.value;
  if (bytes.includes(0)) return textFailures.nul;
  if (start + bytes.length >= limit) return textFailures.room;
  buffer.set(bytes, start);
  buffer[start + bytes.length] = 0;
  return start + bytes.length + 1;
}

/** Texts below this length are copied character by character: entering the runtime costs more. */
const short = 12;

/** Writes a text and its zero byte; returns the end, or one of `textFailures`. Nothing is written at or behind `limit`. */
export function writeText(buffer: Buffer, start: number, value: unknown, limit: number): number {
  if (typeof value !== 'string') return writeOther(buffer, start, value, limit);
  const length = value.length;
  const end = start + length;
  if (end >= limit) return textFailures.room;
  if (length < short) {
    for (let index = 0; index < length; index += 1) {
      const code = value.charCodeAt(index);
      if (code - 1 > 0x7e || code === 0) return writeOther(buffer, start, value, limit);
      buffer[start + index] = code;
    }
  } else {
    if (value.indexOf('\0') >= 0) return textFailures.nul;
    // As many bytes as characters: all of them were ASCII.
    if (buffer.write(value, start, limit - start, 'utf8') !== length)
      return writeOther(buffer, start, value, limit);
  }
  buffer[end] = 0;
  return end + 1;
}

/** Writes a text of exactly `length` bytes, for which there is room; returns its end, or one of `textFailures`. */
export function writeFixed(buffer: Buffer, start: number, value: unknown, length: number): number {
  const bytes = bytesOf(value);
  if (bytes === undefined) return textFailures.value;
  if (bytes.length !== length) return textFailures.length;
  buffer.set(bytes, start);
  return start + length;
}
