import type { Text } from '../protocol/index.ts';

/**
 * Reads the bytes of a packet whose body the protocol leaves open, little-endian, field after field. What is not there reads as
 * undefined, and so does everything after it.
 */
export class BodyReader {
  readonly #bytes: Buffer;
  #at = 0;
  #failed = false;

  constructor(bytes: readonly number[]) {
    this.#bytes = Buffer.from(bytes);
  }

  u8(): number | undefined {
    return this.#take(1)?.readUInt8(0);
  }

  u16(): number | undefined {
    return this.#take(2)?.readUInt16LE(0);
  }

  u32(): number | undefined {
    return this.#take(4)?.readUInt32LE(0);
  }

  /** Up to and without its terminator, or to the end. Bytes that are no UTF-8 come as `{$hex}`. */
  text(): Text | undefined {
    if (this.#failed) return undefined;
    const end = this.#bytes.indexOf(0, this.#at);
    const bytes = this.#bytes.subarray(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#bytes.length : end + 1;
    const text = bytes.toString('utf8');
    return Buffer.from(text, 'utf8').equals(bytes) ? text : { $hex: bytes.toString('hex') };
  }

  #take(size: number): Buffer | undefined {
    const at = this.#at;
    this.#failed ||= at + size > this.#bytes.length;
    if (this.#failed) return undefined;
    this.#at += size;
    return this.#bytes.subarray(at, at + size);
  }
}

/** Writes such a body. Numbers are brought into the range of their field. */
export class BodyWriter {
  readonly #bytes: number[] = [];

  u8(value: number): this {
    return this.#number(value, 1);
  }

  u16(value: number): this {
    return this.#number(value, 2);
  }

  u32(value: number): this {
    return this.#number(value, 4);
  }

  /** An unsigned 64-bit integer. */
  u64(value: bigint): this {
    const buffer = Buffer.alloc(8);
    buffer.writeBigUInt64LE(BigInt.asUintN(64, value));
    this.#bytes.push(...buffer);
    return this;
  }

  /** With its terminator. */
  text(value: Text): this {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : Buffer.from(value.$hex, 'hex');
    this.#bytes.push(...bytes.filter((byte) => byte !== 0), 0);
    return this;
  }

  done(): number[] {
    return this.#bytes;
  }

  #number(value: number, size: 1 | 2 | 4): this {
    const bounded = Math.min(2 ** (8 * size) - 1, Math.max(0, Math.trunc(value)));
    for (let n = 0; n < size; n += 1) this.#bytes.push(Math.floor(bounded / 256 ** n) % 256);
    return this;
  }
}
