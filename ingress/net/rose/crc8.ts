/**
 * CRC-8 of the frame cipher: reflected polynomial 0x8C, start 0. Four tables of 256: table k holds the remainder of a byte
 * that k further bytes follow.
 */
export const CRC8_TABLES = buildTables();

function buildTables(): Uint8Array {
  const tables = new Uint8Array(4 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ 0x8c : rest >>> 1;
    tables[byte] = rest;
  }
  for (let index = 256; index < tables.length; index += 1)
    tables[index] = tables[tables[index - 256] as number] as number;
  return tables;
}

/** The CRC of the header word, given as its low 32 bits and its high 8 bits. */
export function crc8OfWord(low: number, high: number): number {
  const tables = CRC8_TABLES;
  const rest =
    (tables[768 + (low & 0xff)] as number) ^
    (tables[512 + ((low >>> 8) & 0xff)] as number) ^
    (tables[256 + ((low >>> 16) & 0xff)] as number) ^
    (tables[low >>> 24] as number);
  return tables[rest ^ high] as number;
}
