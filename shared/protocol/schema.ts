/** Who sends a packet: client to server, server to client, or one server to another. */
export type Direction = 'c2s' | 's2c' | 'isc';

/** A numbering of the packets, with the layouts that go with it. */
export type ProfileName = 'head' | '2021' | 'retail';

/** How often a field stands on the wire: a fixed number of times, behind a count, or until the frame ends. */
export type Repetition =
  | { readonly count: number }
  | { readonly prefix: 'u8' | 'u16' }
  | { readonly rest: true };

/** A part of an integer: `bits` bits, the lowest of them at bit `off`. */
export interface BitPart {
  readonly n: string;
  readonly off: number;
  readonly bits: number;
}

/** A named field. Without `d` it must be supplied when encoding. */
export interface ValueField {
  readonly n: string;
  /** A primitive (`u8 … f64`, `char`, `str`, `fix:N`) or the name of a type. */
  readonly t: string;
  readonly rep?: Repetition;
  readonly d?: unknown;
}

/** An unnamed group of bits; its parts are fields of the packet or struct that holds it. */
export interface BitsField {
  readonly t: 'bits';
  /** Bits in all, a multiple of 8. */
  readonly size: number;
  readonly parts: readonly BitPart[];
}

export type FieldDefinition = ValueField | BitsField;

interface EnumDefinition {
  readonly kind: 'enum';
  readonly base: string;
  /** Known values; others pass both ways. */
  readonly values: Readonly<Record<string, number>>;
}

interface StructDefinition {
  readonly kind: 'struct';
  readonly fields: readonly FieldDefinition[];
}

/** One integer that can be read in several ways. */
export interface UnionDefinition {
  readonly kind: 'union';
  readonly store: string;
  /** The name of the integer as a whole. */
  readonly member: string;
  readonly views: readonly (readonly BitPart[])[];
  readonly default?: number;
}

export type TypeDefinition = EnumDefinition | StructDefinition | UnionDefinition;

/** The schema of one packet. */
export interface PacketDefinition {
  readonly name: string;
  /** Its number in profile `head`; null where it has none. */
  readonly id: number | null;
  /** Its number in profile `2021`; absent means as in `head`, null that it does not exist there. */
  readonly id2021?: number | null;
  /** Its number in profile `retail`, in the same way. */
  readonly idRetail?: number | null;
  readonly dir: Direction;
  readonly fields: readonly FieldDefinition[];
  /** Types that only this definition uses; they hide types of the same name. */
  readonly types?: Readonly<Record<string, TypeDefinition>>;
  /** The packet that owns this number; this one can be encoded by name but is never decoded to. */
  readonly dupOf?: string;
  /** Why something is odd. */
  readonly note?: string;
}

/** The whole of `data/packets.json`. */
export interface Schema {
  readonly limits: { readonly maxFrame: number; readonly maxType: number };
  readonly types: Readonly<Record<string, TypeDefinition>>;
  readonly consts: Readonly<Record<string, unknown>>;
  readonly unimplemented: Readonly<Record<string, number>>;
  readonly packets: readonly PacketDefinition[];
}

/** Whether a field is a group of bits. */
export function isBits(field: FieldDefinition): field is BitsField {
  return field.t === 'bits' && 'parts' in field;
}
