import type { RoseKey } from './key.ts';

/** PACKET_CIPHER: decide by the first frame, never encipher, or always. */
export type CipherMode = 'auto' | 'none' | 'rose';

/** PACKET_CRC: check it where it is not 0, insist on it (and send it), or never look at it. */
export type CrcMode = 'accept-zero' | 'require' | 'off';

/** Sizes of whole plain frames in bytes, both ends included. */
export interface SizeRange {
  readonly min: number;
  readonly max: number;
}

/** What a framing of this protocol accepts; the same for all of its connections. */
export interface RosePolicy {
  readonly cipher: CipherMode;
  readonly crc: CrcMode;
  /** The packets that may come first on a connection, by type: they tell plain from enciphered. */
  readonly firstPackets: ReadonlyMap<number, SizeRange>;
  /** The keys that a client may use, the likeliest first; at least one unless `cipher` is `none`. */
  readonly keys: readonly RoseKey[];
  /** The largest frame in bytes, at most 2,047. */
  readonly maxFrame: number;
}
