import type { JsonObject, NamedPacket, RawPacket } from '../contract/index.ts';
import type { PacketInputs } from '../protocol/packets.generated.ts';

/** A server packet with its fields checked by the compiler; fields with a default may be left out. */
export function packet<N extends keyof PacketInputs & string>(
  name: N,
  payload: PacketInputs[N],
): NamedPacket {
  return { name, payload: payload as unknown as JsonObject };
}

/** A server packet that the family's own `schemas` describe; the ingress checks its fields when it encodes it. */
export function customPacket(name: string, payload: JsonObject): NamedPacket {
  return { name, payload };
}

/** A server packet of a type that no schema describes. `payload` are its bytes, header excluded. */
export function rawPacket(type: number, payload: Uint8Array): RawPacket {
  return {
    type,
    raw: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64'),
  };
}
