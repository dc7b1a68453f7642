/** Writes the body of a packet, little-endian, field after field. */
export class Writer {
  readonly #parts: Buffer[] = [];
  #add(size: number, fill: (buffer: Buffer) => void): this {
    const buffer = Buffer.alloc(size);
    fill(buffer);
    this.#parts.push(buffer);
    return this;
  }
  u8(value: number) {
    return this.#add(1, (buffer) => buffer.writeUInt8(value));
  }
  u16(value: number) {
    return this.#add(2, (buffer) => buffer.writeUInt16LE(value));
  }
  i16(value: number) {
    return this.#add(2, (buffer) => buffer.writeInt16LE(value));
  }
  u32(value: number) {
    return this.#add(4, (buffer) => buffer.writeUInt32LE(value));
  }
  i8(value: number) {
    return this.#add(1, (buffer) => buffer.writeInt8(value));
  }
  i64(value: bigint) {
    return this.#add(8, (buffer) => buffer.writeBigInt64LE(value));
  }
  f32(value: number) {
    return this.#add(4, (buffer) => buffer.writeFloatLE(value));
  }
  text(value: string) {
    this.#parts.push(Buffer.from(`${value}\0`, 'latin1'));
    return this;
  }
  fixed(value: string) {
    this.#parts.push(Buffer.from(value, 'latin1'));
    return this;
  }
  done(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Reads the body of a packet, little-endian, field after field. */
export class Reader {
  readonly #body: Buffer;
  #at = 0;
  constructor(body: Buffer) {
    this.#body = body;
  }
  #move(size: number): number {
    const at = this.#at;
    this.#at += size;
    return at;
  }
  u8() {
    return this.#body.readUInt8(this.#move(1));
  }
  u16() {
    return this.#body.readUInt16LE(this.#move(2));
  }
  i16() {
    return this.#body.readInt16LE(this.#move(2));
  }
  u32() {
    return this.#body.readUInt32LE(this.#move(4));
  }
  i32() {
    return this.#body.readInt32LE(this.#move(4));
  }
  i64() {
    return this.#body.readBigInt64LE(this.#move(8));
  }
  f32() {
    return this.#body.readFloatLE(this.#move(4));
  }
  text(): string {
    const end = this.#body.indexOf(0, this.#at);
    const value = this.#body.toString('latin1', this.#at, end);
    this.#at = end + 1;
    return value;
  }
  skip(size: number): this {
    this.#move(size);
    return this;
  }
  get left(): number {
    return this.#body.length - this.#at;
  }
}
