import { createRoseFraming } from '../../../../ingress/net/rose/framing.ts';

const TYPE = 0x0504;

export const FRAME_BYTES = 22;

/** As servers are set up by default: a CRC is checked where the client computes one, and none is sent. */
export const framing = createRoseFraming({
  firstPackets: new Map([[TYPE, { min: FRAME_BYTES, max: FRAME_BYTES }]]),
});

/** A frame as large as a walk order, with its CRC, so that the server has that to check. */
export function frameOf(variant: 'plain' | 'rose'): Buffer {
  const plain = Buffer.alloc(FRAME_BYTES, 0x5a);
  plain.writeUInt16LE(FRAME_BYTES, 0);
  plain.writeUInt16LE(TYPE, 2);
  plain.writeUInt16LE(0, 4);
  return createRoseFraming({ crc: 'require' }).openClient(variant).seal(plain);
}
