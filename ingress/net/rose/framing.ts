import { EdgeError } from '../../../shared/errors/edge-error.ts';
import { type ClientFrameCodec, type FrameCodec, type Framing, newVerdict } from '../framing.ts';
import { encipher, HEADER, type KeyPosition } from './cipher.ts';
import { RoseClientCodec, STOCK_CLIENT } from './client-codec.ts';
import { PLAIN, RoseCodec } from './codec.ts';
import { frameCrc16 } from './crc16.ts';
import { fixedKey, type RoseKey } from './key.ts';
import type { CipherMode, CrcMode, RosePolicy, SizeRange } from './policy.ts';

/** Length and type have eleven bits each once a frame is enciphered. */
export const MAX_FRAME = 2047;

// The stock server's choice but for val: every known client can read frames that claim no padding.
const SERVER: KeyPosition = { tab: 0x100, add: 4, val: 0 };

export interface RoseFramingOptions {
  /** Default `auto`. */
  readonly cipher?: CipherMode;
  /** Default `accept-zero`. */
  readonly crc?: CrcMode;
  /** Types and whole frame sizes of the packets that may come first; needed by `auto` and by several keys. */
  readonly firstPackets?: ReadonlyMap<number, SizeRange>;
  /** Default: the one key of stock clients. */
  readonly keys?: readonly RoseKey[];
  /** Where client codecs start their key stream; default as stock clients do. */
  readonly clientPosition?: KeyPosition;
}

/** The framing of this protocol family: `size u16, type u16, crc u16, body`, plain or enciphered. */
export function createRoseFraming(options: RoseFramingOptions = {}): Framing {
  const policy: RosePolicy = {
    cipher: options.cipher ?? 'auto',
    crc: options.crc ?? 'accept-zero',
    firstPackets: withinFrame(options.firstPackets ?? new Map()),
    keys: options.keys ?? [fixedKey()],
    maxFrame: MAX_FRAME,
  };
  if (policy.keys.length === 0 && policy.cipher !== 'none')
    throw new EdgeError('bad_config', 'a cipher needs a key');
  const keys = new Map(policy.keys.map((key) => [key.variant, key]));
  const withCrc = policy.crc === 'require';
  const verdict = newVerdict();

  function keyOf(variant: string): RoseKey | undefined {
    const key = keys.get(variant);
    if (key === undefined && variant !== PLAIN)
      throw new EdgeError('bad_config', `no cipher variant ${variant}`, { variant });
    return key;
  }

  function sealInto(plain: Buffer, variant: string, target: Buffer, at: number): number {
    if (plain.length > MAX_FRAME) throw new EdgeError('frame_too_large', `a frame of ${plain.length} bytes`);
    const key = variant === PLAIN ? undefined : keyOf(variant);
    if (key !== undefined) return encipher(key, 's2c', plain, 0, plain.length, SERVER, target, at);
    target.set(plain, at);
    if (withCrc) target.writeUInt16LE(frameCrc16(plain, 0, plain.length), at + 4);
    return at + plain.length;
  }

  return {
    name: 'rose',
    headerSize: HEADER,
    maxFrame: MAX_FRAME,
    variants: [
      ...(policy.cipher === 'rose' ? [] : [PLAIN]),
      ...(policy.cipher === 'none' ? [] : keys.keys()),
    ],
    open: (): FrameCodec => new RoseCodec(policy, verdict),
    openClient(variant): ClientFrameCodec {
      const position = options.clientPosition ?? STOCK_CLIENT;
      return new RoseClientCodec(keyOf(variant), newVerdict(), { withCrc, position, maxFrame: MAX_FRAME });
    },
    seal(plain, variant) {
      if (variant === PLAIN && !withCrc && plain.length <= MAX_FRAME) return plain;
      const sealed = Buffer.allocUnsafe(plain.length);
      sealInto(plain, variant, sealed, 0);
      return sealed;
    },
    sealInto,
  };
}

/** A first packet larger than any frame would be awaited for ever. */
function withinFrame(ranges: ReadonlyMap<number, SizeRange>): ReadonlyMap<number, SizeRange> {
  return new Map([...ranges].map(([type, { min, max }]) => [type, { min, max: Math.min(max, MAX_FRAME) }]));
}
