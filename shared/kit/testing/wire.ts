import type { JsonObject, Manifest, NamedPacket, Packet, TurnResult } from '../../contract/index.ts';
import {
  checkDefinition,
  createProtocol,
  ingressOverlays,
  type PacketDefinition,
  type Protocol,
} from '../../protocol/index.ts';

const HEADER = 6;

/** The real protocol: everything that a handler is given or answers goes through it once. */
export class Wire {
  readonly #protocol: Protocol;

  constructor(manifest: Manifest) {
    const definitions = manifest.schemas.map((schema): PacketDefinition => {
      const definition: unknown = schema;
      checkDefinition(definition);
      return definition;
    });
    const protocol = createProtocol('head', { overlays: ingressOverlays });
    this.#protocol = definitions.length === 0 ? protocol : protocol.extend(definitions);
  }

  /** The type and payload that the ingress would decode from a client's packet. */
  received(name: string, fields: object): { readonly type: number; readonly payload: JsonObject } {
    const { type, fields: payload } = this.#protocol.decode(
      this.#protocol.encode(name, { ...fields }),
      'c2s',
    );
    return { type, payload: payload as JsonObject };
  }

  /** The fields that a client would decode, defaults filled in. Throws the codec's EdgeError for a field that does not fit. */
  sent(packet: NamedPacket): JsonObject {
    return this.#protocol.decode(this.#protocol.encode(packet.name, packet.payload), 's2c')
      .fields as JsonObject;
  }

  /** Encodes every packet of a result, so that a bad field fails the test. */
  check(result: TurnResult): void {
    const { replies = [], deliveries = [], place } = result;
    const packets = [...replies, ...deliveries.flatMap((delivery) => delivery.packets)];
    if (place !== undefined && place !== null) packets.push(place.appear, place.vanish);
    for (const packet of packets) this.#encode(packet);
  }

  #encode(packet: Packet): void {
    if ('name' in packet) {
      this.#protocol.encode(packet.name, packet.payload);
      return;
    }
    const size = HEADER + Buffer.from(packet.raw, 'base64').length;
    if (size > this.#protocol.maxFrame) throw new Error(`raw packet ${packet.type} has ${size} bytes`);
  }
}
