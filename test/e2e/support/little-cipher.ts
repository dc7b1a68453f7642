/**
 * The frame cipher once more, written apart from the project's own so that the two check each other. Slow and plain:
 * the forty header bits are moved one group at a time.
 */
const SEED = 0x0042d266;
const COLUMNS = 2048;

function table(): Uint8Array[] {
  const state = [SEED | 0, SEED | 0, SEED | 0, SEED | 0];
  const trunc = (value: number) => Math.trunc(value / 65536);
  const step = (index: number, next: (value: number) => number) => {
    const value = next(state[index] ?? 0);
    state[index] = value;
    return value;
  };
  const draw = [
    () => trunc(step(0, (value) => (Math.imul(value, 0x08088405) + 1) | 0)),
    () => step(1, (value) => (Math.imul(value, 0x41c64e6d) + 12345) & 0x7fffffff),
    () => trunc(step(2, (value) => (Math.imul(value, 0x41c64e6d) + 12345) | 0)),
    () => trunc(step(3, (value) => (Math.imul(value, 0x343fd) + 0x269ec3) & 0x7fffffff)),
  ];
  const first: number[] = [];
  return Array.from({ length: 16 }, (_, row) => {
    const bytes = new Uint8Array(COLUMNS);
    const seen = new Set<number>();
    for (let column = 0; column < COLUMNS; column += 1) {
      let value = draw[row % 4]?.() ?? 0;
      while (seen.has(value)) value = draw[row % 4]?.() ?? 0;
      if (row === 0) first.push(value);
      seen.add(first[column] ?? 0);
      bytes[column] = value & 0xff;
    }
    return bytes;
  });
}

const TABLE = table();
const key = (row: number, column: number) => TABLE[row % 16]?.[column % COLUMNS] ?? 0;

interface Header {
  readonly length: number;
  readonly type: number;
  readonly tab: number;
  readonly add: number;
  readonly val: number;
}

const SIZES = { S: [3, 3, 3, 2], T: [3, 3, 3, 2], R: [3, 3, 3, 2], A: [2, 2], E: [3] };
type Word = keyof typeof SIZES;
const TO_SERVER = 'T2 R2 S1 R3 T1 E1 S2 A2 S3 R4 T4 A1 T3 R1 S4'.split(' ');
const TO_CLIENT = 'S2 R1 T3 E1 S3 R3 T2 R4 T1 A1 S4 A2 S1 R2 T4'.split(' ');

function groups(order: readonly string[]) {
  let at = 0;
  return order.map((name) => {
    const word = name[0] as Word;
    const index = Number(name[1]) - 1;
    const bits = SIZES[word][index] ?? 0;
    const within = SIZES[word].slice(0, index).reduce((sum, size) => sum + size, 0);
    const group = { word, bits, within, at };
    at += bits;
    return group;
  });
}

function toBytes(bits: bigint): number[] {
  return Array.from({ length: 5 }, (_, i) => Number((bits >> BigInt(8 * i)) & 0xffn));
}

function wordsOf(header: Header): Record<Word, number> {
  return { S: header.length, T: header.type, R: header.tab, A: header.add, E: header.val };
}

function plainWord(header: Header): number[] {
  const { length, type, tab, add, val } = header;
  return toBytes(
    BigInt(length) |
      (BigInt(type) << 11n) |
      (BigInt(tab) << 22n) |
      (BigInt(add) << 33n) |
      (BigInt(val) << 37n),
  );
}

function crc8(bytes: Iterable<number>): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0x8c : crc >> 1;
  }
  return crc;
}

/** Encrypts a plain frame as a client does. */
export function encryptAsClient(plain: Buffer, tab = 0x100, add = 4): Buffer {
  const header = { length: plain.length, type: plain.readUInt16LE(2), tab, add, val: 0 };
  const words = wordsOf(header);
  let bits = 0n;
  let clear = 0n;
  for (const { word, bits: size, within, at } of groups(TO_SERVER)) {
    const value = BigInt((words[word] >> within) & ((1 << size) - 1)) << BigInt(at);
    bits |= value;
    if (word === 'R') clear |= BigInt((1 << size) - 1) << BigInt(at);
  }
  const laid = toBytes(bits);
  const mask = toBytes(clear);
  const out = Buffer.alloc(plain.length);
  for (let i = 0; i < 5; i += 1) {
    const xored = (laid[i] ?? 0) ^ key(i, tab);
    const keep = mask[i] ?? 0;
    out[i] = (xored & ~keep) | ((laid[i] ?? 0) & keep);
  }
  for (let i = 6; i < plain.length; i += 1) out[i] = (plain[i] ?? 0) ^ key(add + i, tab + i);
  out[5] = crc8([...plainWord(header), ...plain.subarray(6)]);
  return out;
}

/** The length that the first six bytes of an encrypted server frame claim. */
export function lengthFromServer(bytes: Buffer): number {
  return readHeader(bytes).length;
}

function readHeader(bytes: Buffer): Header {
  let tab = 0;
  let wire = 0n;
  for (let i = 0; i < 5; i += 1) wire |= BigInt(bytes[i] ?? 0) << BigInt(8 * i);
  const layout = groups(TO_CLIENT);
  const pick = (bits: bigint, at: number, size: number) =>
    Number((bits >> BigInt(at)) & BigInt((1 << size) - 1));
  for (const { word, bits, within, at } of layout) if (word === 'R') tab |= pick(wire, at, bits) << within;
  for (let i = 0; i < 5; i += 1) wire ^= BigInt(key(i, tab)) << BigInt(8 * i);
  const words: Record<Word, number> = { S: 0, T: 0, R: tab, A: 0, E: 0 };
  for (const { word, bits, within, at } of layout)
    if (word !== 'R') words[word] |= pick(wire, at, bits) << within;
  return { length: words.S, type: words.T, tab, add: words.A, val: words.E };
}

/** Decrypts one whole server frame; throws when its checksum is wrong. */
export function decryptFromServer(frame: Buffer): Buffer {
  const header = readHeader(frame);
  const plain = Buffer.alloc(frame.length);
  plain.writeUInt16LE(header.length, 0);
  plain.writeUInt16LE(header.type, 2);
  for (let i = 6; i < frame.length; i += 1) plain[i] = (frame[i] ?? 0) ^ key(header.add + i, header.tab + i);
  const checksum = crc8([...plainWord(header), ...plain.subarray(6)]);
  if (checksum !== frame[5]) throw new Error(`checksum ${checksum}, the frame says ${frame[5]}`);
  return plain;
}
