import type { JsonObject } from './json.ts';

/** A packet by name, with the fields of `docs/packets.md`. */
export interface NamedPacket {
  /** A name of `docs/packets.md`, or of the family's own `schemas`. */
  readonly name: string;
  /** Its fields; those with a default may be left out, unknown ones are refused. */
  readonly payload: JsonObject;
}

/** A packet of a type without schema: the payload bytes as base64, header excluded. */
export interface RawPacket {
  /** Type number on the wire. */
  readonly type: number;
  /** The payload bytes as base64, header excluded. */
  readonly raw: string;
}

/** A packet on its way to a client. */
export type Packet = NamedPacket | RawPacket;
