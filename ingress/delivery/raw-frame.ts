import type { RawPacket } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';

const HEADER = 6;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Writes the plain frame (`size u16, type u16, crc u16` of 0, payload) of a packet without schema; returns its size in bytes.
 * @throws EdgeError bad_value, frame_too_large
 */
export function writeRawFrame(target: Buffer, packet: RawPacket): number {
  const { type, raw } = packet;
  if (!Number.isInteger(type) || type < 0 || type > 0xffff) {
    throw new EdgeError('bad_value', 'a packet type is 0 to 65535', { field: 'type', found: String(type) });
  }
  if (raw.length % 4 !== 0 || !BASE64.test(raw))
    throw new EdgeError('bad_value', 'raw is not base64', { field: 'raw' });
  const size = HEADER + Buffer.byteLength(raw, 'base64');
  if (size > target.length)
    throw new EdgeError('frame_too_large', `a frame of ${size} bytes`, { field: 'raw', found: size });
  target.writeUInt16LE(size, 0);
  target.writeUInt16LE(type, 2);
  target.writeUInt16LE(0, 4);
  target.write(raw, HEADER, 'base64');
  return size;
}
