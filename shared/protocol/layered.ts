import { EdgeError } from '../errors/edge-error.ts';
import type { PacketCodec } from './compile/codec.ts';

/** A codec for the payloads of fewer than `below` bytes. */
export interface Layer {
  readonly below: number;
  readonly codec: PacketCodec;
}

/** Joins the codecs of one packet's layouts: `last` takes the payloads that are too long for the others. */
export function layered(layers: readonly Layer[], last: PacketCodec): PacketCodec {
  const all = [last, ...layers.map((layer) => layer.codec)];
  return {
    name: last.name,
    type: last.type,
    direction: last.direction,
    minFrame: Math.min(...all.map((codec) => codec.minFrame)),
    maxFrame: Math.max(...all.map((codec) => codec.maxFrame)),
    decodePayload(buffer, start, end) {
      for (const layer of layers) {
        if (end - start < layer.below) return layer.codec.decodePayload(buffer, start, end);
      }
      return last.decodePayload(buffer, start, end);
    },
    encodeInto(buffer, offset, fields) {
      try {
        return last.encodeInto(buffer, offset, fields);
      } catch (first) {
        for (const { codec } of layers) {
          try {
            return codec.encodeInto(buffer, offset, fields);
          } catch (error) {
            if (!EdgeError.is(error)) throw error;
          }
        }
        throw first;
      }
    },
  };
}
