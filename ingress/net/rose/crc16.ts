/**
 * CRC-16/ARC: reflected polynomial 0xA001, start 0, no final xor. Eight tables, so that one round takes eight bytes: table k
 * holds the remainder of a byte that k further bytes follow.
 */
const TABLES = buildTables();

function buildTables(): Uint16Array {
  const tables = new Uint16Array(8 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ 0xa001 : rest >>> 1;
    tables[byte] = rest;
  }
  for (let index = 256; index < tables.length; index += 1) {
    const before = tables[index - 256] as number;
    tables[index] = (before >>> 8) ^ (tables[before & 0xff] as number);
  }
  return tables;
}

/** The CRC of `bytes[start, end)`, going on from `crc` (0 at the beginning). */
export function crc16(bytes: Uint8Array, start: number, end: number, crc = 0): number {
  const tables = TABLES;
  let rest = crc;
  let at = start;
  for (const last = end - 8; at <= last; at += 8) {
    rest ^= (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    rest =
      (tables[1792 + (rest & 0xff)] as number) ^
      (tables[1536 + (rest >>> 8)] as number) ^
      (tables[1280 + (bytes[at + 2] as number)] as number) ^
      (tables[1024 + (bytes[at + 3] as number)] as number) ^
      (tables[768 + (bytes[at + 4] as number)] as number) ^
      (tables[512 + (bytes[at + 5] as number)] as number) ^
      (tables[256 + (bytes[at + 6] as number)] as number) ^
      (tables[bytes[at + 7] as number] as number);
  }
  for (; at < end; at += 1) rest = (rest >>> 8) ^ (tables[(rest ^ (bytes[at] as number)) & 0xff] as number);
  return rest;
}

/** The CRC of a plain frame `bytes[start, end)` with its CRC field (bytes 4 and 5) taken as zero. */
export function frameCrc16(bytes: Uint8Array, start: number, end: number): number {
  let rest = crc16(bytes, start, start + 4);
  rest = (rest >>> 8) ^ (TABLES[rest & 0xff] as number);
  rest = (rest >>> 8) ^ (TABLES[rest & 0xff] as number);
  return crc16(bytes, start + 6, end, rest);
}
