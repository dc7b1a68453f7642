import { checksumFits, HEADER } from './cipher.ts';
import { frameCrc16 } from './crc16.ts';
import { newHeaderWord, readHeader } from './header.ts';
import type { RoseKey } from './key.ts';
import type { RosePolicy } from './policy.ts';

/** What the first bytes of a connection say: it is plain, it uses this key, or so many bytes must be seen first. */
export type Detection = 'plain' | RoseKey | number;

const word = newHeaderWord();

/**
 * Decides how a client speaks by `bytes[start, end)`, of which there are at least six. Nothing is changed.
 *
 * Plain if it looks like a packet that may come first, with a CRC of 0; with another CRC the frame is awaited (its size is known to
 * fit the packet) and the CRC decides. Everything else is enciphered. One exception keeps enciphered clients from waiting for
 * ever: if what is at hand is, to the byte, one whole enciphered first packet with the right checksum, and not one whole plain
 * frame, then that is what it is.
 */
export function detect(policy: RosePolicy, bytes: Uint8Array, start: number, end: number): Detection {
  if (policy.cipher === 'none') return 'plain';
  if (policy.cipher === 'rose') return chooseKey(policy, bytes, start, end);
  const size = (bytes[start] as number) | ((bytes[start + 1] as number) << 8);
  const type = (bytes[start + 2] as number) | ((bytes[start + 3] as number) << 8);
  const range = policy.firstPackets.get(type);
  if (range === undefined || size < range.min || size > range.max)
    return chooseKey(policy, bytes, start, end);
  if (end - start !== size) {
    for (const key of policy.keys) if (isWholeFirst(policy, key, bytes, start, end)) return key;
  }
  const crc = (bytes[start + 4] as number) | ((bytes[start + 5] as number) << 8);
  if (crc === 0) return 'plain';
  if (end - start < size) return awaited(policy, bytes, start, end, size);
  if (frameCrc16(bytes, start, start + size) === crc) return 'plain';
  return chooseKey(policy, bytes, start, end);
}

/** `size`, or less where an enciphered first packet would end sooner. */
function awaited(policy: RosePolicy, bytes: Uint8Array, start: number, end: number, size: number): number {
  let need = size;
  for (const key of policy.keys) {
    if (readsAsFirst(policy, key, bytes, start) && word.length > end - start)
      need = Math.min(need, word.length);
  }
  return need;
}

/** Among several keys: one that makes a whole first packet of the bytes, else one whose header names a first packet, else the first. */
function chooseKey(policy: RosePolicy, bytes: Uint8Array, start: number, end: number): RoseKey {
  const keys = policy.keys;
  const [likeliest] = keys;
  if (likeliest === undefined) throw new Error('a policy with a cipher has at least one key');
  if (keys.length === 1) return likeliest;
  return (
    keys.find((key) => isWholeFirst(policy, key, bytes, start, end)) ??
    keys.find((key) => readsAsFirst(policy, key, bytes, start)) ??
    likeliest
  );
}

function readsAsFirst(policy: RosePolicy, key: RoseKey, bytes: Uint8Array, start: number): boolean {
  readHeader(key, 'c2s', bytes, start, word);
  const range = policy.firstPackets.get(word.type);
  const plainLength = word.length - word.val;
  return range !== undefined && plainLength >= range.min && plainLength <= range.max;
}

function isWholeFirst(
  policy: RosePolicy,
  key: RoseKey,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (!readsAsFirst(policy, key, bytes, start)) return false;
  const plainEnd = start + word.length - word.val;
  return (
    start + word.length === end &&
    plainEnd >= start + HEADER &&
    checksumFits(key, word, bytes, start, plainEnd)
  );
}
