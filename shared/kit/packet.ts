import type { JsonObject, NamedPacket } from '../contract/index.ts';
import type { PacketInputs } from '../protocol/packets.generated.ts';

/** A server packet with its fields checked by the compiler; fields with a default may be left out. */
export function packet<N extends keyof PacketInputs>(name: N, payload: PacketInputs[N]): NamedPacket {
  return { name, payload: payload as unknown as JsonObject };
}
