import type { PacketCodec } from './compile/codec.ts';
import type { Slot } from './compile/layout.ts';
import { conform, filledUp } from './conform.ts';

/**
 * A codec of a profile with a layout of its own that takes and gives the fields of profile `head`, so that no handler knows which
 * profile a player uses.
 * @param own the layout of the profile
 * @param common the layout of `head`
 */
export function withCommonFields(
  codec: PacketCodec,
  own: readonly Slot[],
  common: readonly Slot[],
): PacketCodec {
  return {
    ...codec,
    decodePayload: (buffer, start, end) => filledUp(common, codec.decodePayload(buffer, start, end)),
    encodeInto: (buffer, offset, fields) => codec.encodeInto(buffer, offset, conform(own, fields)),
  };
}
