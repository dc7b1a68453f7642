import type { JsonObject } from './json.ts';

/** A packet by name, with the fields of `docs/packets.md`. */
export interface NamedPacket {
  readonly name: string;
  readonly payload: JsonObject;
}

/** A packet of a type without schema: the payload bytes as base64, header excluded. */
export interface RawPacket {
  readonly type: number;
  readonly raw: string;
}

/** A packet on its way to a client. */
export type Packet = NamedPacket | RawPacket;
