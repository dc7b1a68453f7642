import { bad, type FrameVerdict, partial } from '../framing.ts';
import { decipherBody, HEADER } from './cipher.ts';
import { frameCrc16 } from './crc16.ts';
import { newHeaderWord, readHeader, type Way } from './header.ts';
import type { RoseKey } from './key.ts';
import type { CrcMode } from './policy.ts';

const word = newHeaderWord();

/** Judges a plain frame at `start`. */
export function nextPlain(
  verdict: FrameVerdict,
  crcMode: CrcMode,
  maxFrame: number,
  buffer: Buffer,
  start: number,
  end: number,
): FrameVerdict {
  const available = end - start;
  if (available < 2) return partial(verdict, HEADER);
  const size = (buffer[start] as number) | ((buffer[start + 1] as number) << 8);
  if (size < HEADER || size > maxFrame) return bad(verdict, 'bad_size');
  if (available < size) return partial(verdict, size);
  if (crcMode !== 'off') {
    const crc = (buffer[start + 4] as number) | ((buffer[start + 5] as number) << 8);
    if (crc === 0) {
      if (crcMode === 'require' && frameCrc16(buffer, start, start + size) !== 0)
        return bad(verdict, 'crc_required');
    } else if (crc !== frameCrc16(buffer, start, start + size)) return bad(verdict, 'bad_crc');
  }
  verdict.kind = 'frame';
  verdict.type = (buffer[start + 2] as number) | ((buffer[start + 3] as number) << 8);
  verdict.payloadStart = start + HEADER;
  verdict.payloadEnd = start + size;
  verdict.consumed = size;
  return verdict;
}

/**
 * Judges an enciphered frame at `start` and deciphers it in place once it is whole: its header becomes the plain one, with
 * the size that is left without padding and a CRC of 0. Padding counts in client frames only.
 */
export function nextEnciphered(
  verdict: FrameVerdict,
  key: RoseKey,
  way: Way,
  maxFrame: number,
  buffer: Buffer,
  start: number,
  end: number,
): FrameVerdict {
  const available = end - start;
  if (available < HEADER) return partial(verdict, HEADER);
  readHeader(key, way, buffer, start, word);
  const length = word.length;
  if (length < HEADER || length > maxFrame) return bad(verdict, 'bad_size');
  const size = way === 'c2s' ? length - word.val : length;
  if (size < HEADER) return bad(verdict, 'bad_padding');
  if (available < length) return partial(verdict, length);
  if (!decipherBody(key, word, buffer, start, start + size)) return bad(verdict, 'bad_cipher');
  buffer[start] = size;
  buffer[start + 1] = size >>> 8;
  buffer[start + 2] = word.type;
  buffer[start + 3] = word.type >>> 8;
  buffer[start + 4] = 0;
  buffer[start + 5] = 0;
  verdict.kind = 'frame';
  verdict.type = word.type;
  verdict.payloadStart = start + HEADER;
  verdict.payloadEnd = start + size;
  verdict.consumed = length;
  return verdict;
}
