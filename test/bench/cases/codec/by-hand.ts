import type { Fields } from '../../../../shared/protocol/index.ts';
import type {
  CharInfo,
  CliMouseCmd,
  CliNormalChat,
  EquippedItem,
  SrvCharListReply,
  SrvMouseCmd,
} from '../../../../shared/protocol/packets.generated.ts';

/**
 * A codec as one writes it by hand: a cursor and the methods of Buffer. It gives what the compiled one gives and refuses what
 * that one refuses: values out of range (the methods of Buffer do), floats that are not finite, zero bytes in texts, and keys that
 * are no fields.
 */
export interface ByHand {
  decode(frame: Buffer): unknown;
  /** Writes the whole frame and returns its end. */
  encodeInto(buffer: Buffer, offset: number, fields: Fields): number;
  encode(fields: Fields): Buffer;
}

class Reader {
  readonly #buffer: Buffer;
  #at = 6;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  u8(): number {
    return this.#buffer.readUInt8(this.#at++);
  }

  u16(): number {
    const value = this.#buffer.readUInt16LE(this.#at);
    this.#at += 2;
    return value;
  }

  u32(): number {
    const value = this.#buffer.readUInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  f32(): number {
    const value = this.#buffer.readFloatLE(this.#at);
    this.#at += 4;
    if (!Number.isFinite(value)) throw new Error('not finite');
    return value;
  }

  text(): string {
    const end = this.#buffer.indexOf(0, this.#at);
    if (end < 0) throw new Error('no terminator');
    const value = this.#buffer.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return value;
  }
}

class Writer {
  readonly buffer: Buffer;
  readonly #start: number;
  #at: number;

  constructor(buffer: Buffer, start: number) {
    this.buffer = buffer;
    this.#start = start;
    this.#at = start + 6;
  }

  u8(value: number): void {
    this.#at = this.buffer.writeUInt8(value, this.#at);
  }

  u16(value: number): void {
    this.#at = this.buffer.writeUInt16LE(value, this.#at);
  }

  u32(value: number): void {
    this.#at = this.buffer.writeUInt32LE(value, this.#at);
  }

  f32(value: number): void {
    if (!Number.isFinite(value)) throw new Error('not finite');
    this.#at = this.buffer.writeFloatLE(value, this.#at);
  }

  text(value: string): void {
    if (value.includes('\0')) throw new Error('inner zero byte');
    this.#at += this.buffer.write(value, this.#at, 'utf8');
    this.u8(0);
  }

  finish(type: number): number {
    this.buffer.writeUInt16LE(this.#at - this.#start, this.#start);
    this.buffer.writeUInt16LE(type, this.#start + 2);
    this.buffer.writeUInt16LE(0, this.#start + 4);
    return this.#at;
  }
}

function expectKeys(value: object, count: number): void {
  if (Object.keys(value).length !== count) throw new Error('a field too many or too few');
}

function codec(
  type: number,
  keys: number,
  decode: (reader: Reader) => unknown,
  write: (writer: Writer, fields: Fields) => void,
): ByHand {
  const encodeInto = (buffer: Buffer, offset: number, fields: Fields): number => {
    expectKeys(fields, keys);
    const writer = new Writer(buffer, offset);
    write(writer, fields);
    return writer.finish(type);
  };
  return {
    decode: (frame) => decode(new Reader(frame)),
    encodeInto,
    encode(fields) {
      const buffer = Buffer.alloc(2047);
      return buffer.subarray(0, encodeInto(buffer, 0, fields));
    },
  };
}

function readItem(reader: Reader): EquippedItem {
  const data = reader.u32();
  return {
    data,
    id: data & 0x3ff,
    gem_opt: (data >>> 10) & 0x1ff,
    socket: (data >>> 19) & 1,
    grade: (data >>> 20) & 0xf,
  };
}

function readCharacter(reader: Reader): CharInfo {
  const [name, race, level, job] = [reader.text(), reader.u8(), reader.u16(), reader.u16()];
  const [remainSecsUntilDelete, platinium, face, hair] = [
    reader.u32(),
    reader.u8(),
    reader.u32(),
    reader.u32(),
  ];
  const items: EquippedItem[] = [];
  for (let index = 0; index < 8; index += 1) items.push(readItem(reader));
  return { name, race, level, job, remainSecsUntilDelete, platinium, face, hair, items };
}

function writeCharacter(writer: Writer, character: CharInfo): void {
  expectKeys(character, 9);
  writer.text(String(character.name));
  writer.u8(character.race);
  writer.u16(character.level);
  writer.u16(character.job);
  writer.u32(character.remainSecsUntilDelete);
  writer.u8(character.platinium);
  writer.u32(character.face);
  writer.u32(character.hair);
  for (const item of character.items) {
    expectKeys(item, 4);
    writer.u32((item.id | (item.gem_opt << 10) | (item.socket << 19) | (item.grade << 20)) >>> 0);
  }
}

export const hand: Readonly<Record<string, ByHand>> = {
  CLI_MOUSE_CMD: codec(
    0x562,
    4,
    (reader): CliMouseCmd => ({ targetId: reader.u16(), x: reader.f32(), y: reader.f32(), z: reader.u16() }),
    (writer, fields) => {
      const packet = fields as unknown as CliMouseCmd;
      writer.u16(packet.targetId);
      writer.f32(packet.x);
      writer.f32(packet.y);
      writer.u16(packet.z);
    },
  ),
  SRV_MOUSE_CMD: codec(
    0x563,
    6,
    (reader): SrvMouseCmd => ({
      id: reader.u16(),
      targetId: reader.u16(),
      distance: reader.u16(),
      x: reader.f32(),
      y: reader.f32(),
      z: reader.u16(),
    }),
    (writer, fields) => {
      const packet = fields as unknown as SrvMouseCmd;
      writer.u16(packet.id);
      writer.u16(packet.targetId);
      writer.u16(packet.distance);
      writer.f32(packet.x);
      writer.f32(packet.y);
      writer.u16(packet.z);
    },
  ),
  CLI_NORMAL_CHAT: codec(
    0x547,
    1,
    (reader): CliNormalChat => ({ message: reader.text() }),
    (writer, fields) => writer.text(String((fields as unknown as CliNormalChat).message)),
  ),
  SRV_CHAR_LIST_REPLY: codec(
    0x517,
    1,
    (reader): SrvCharListReply => {
      const count = reader.u8();
      const characters: CharInfo[] = [];
      for (let index = 0; index < count; index += 1) characters.push(readCharacter(reader));
      return { characters };
    },
    (writer, fields) => {
      const { characters } = fields as unknown as SrvCharListReply;
      writer.u8(characters.length);
      for (const character of characters) writeCharacter(writer, character);
    },
  ),
};
