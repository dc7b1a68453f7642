import type { ClientFrameCodec, FrameVerdict } from '../framing.ts';
import { encipher, type KeyPosition } from './cipher.ts';
import { PLAIN } from './codec.ts';
import { frameCrc16 } from './crc16.ts';
import { nextEnciphered, nextPlain } from './frames.ts';
import type { RoseKey } from './key.ts';

/** Where stock clients of the open server start their key stream. */
export const STOCK_CLIENT: KeyPosition = { tab: 0x100, add: 4, val: 0 };

/** What a client does beyond the variant it speaks. */
export interface ClientChoices {
  /** Whether plain frames carry their CRC. */
  readonly withCrc: boolean;
  readonly position: KeyPosition;
  readonly maxFrame: number;
}

/** The client's side of one connection, plain when `key` is undefined. It reads server frames as stock clients do: `val` is ignored. */
export class RoseClientCodec implements ClientFrameCodec {
  readonly variant: string;
  readonly #key: RoseKey | undefined;
  readonly #verdict: FrameVerdict;
  readonly #choices: ClientChoices;

  constructor(key: RoseKey | undefined, verdict: FrameVerdict, choices: ClientChoices) {
    this.variant = key?.variant ?? PLAIN;
    this.#key = key;
    this.#verdict = verdict;
    this.#choices = choices;
  }

  next(buffer: Buffer, start: number, end: number): FrameVerdict {
    const { maxFrame } = this.#choices;
    if (this.#key === undefined) return nextPlain(this.#verdict, 'accept-zero', maxFrame, buffer, start, end);
    return nextEnciphered(this.#verdict, this.#key, 's2c', maxFrame, buffer, start, end);
  }

  seal(plain: Buffer): Buffer {
    const sealed = Buffer.allocUnsafe(plain.length);
    if (this.#key !== undefined) {
      encipher(this.#key, 'c2s', plain, 0, plain.length, this.#choices.position, sealed, 0);
      return sealed;
    }
    plain.copy(sealed);
    if (this.#choices.withCrc) sealed.writeUInt16LE(frameCrc16(plain, 0, plain.length), 4);
    return sealed;
  }
}
