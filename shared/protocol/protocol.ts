import { EdgeError } from '../errors/edge-error.ts';
import { withCommonFields } from './common-fields.ts';
import { compileCodec, type Fields, headerSize, largestFrame, type PacketCodec } from './compile/codec.ts';
import { badSchema, resolveFields, type TypeTable } from './compile/resolve.ts';
import { checkDefinition } from './definition.ts';
import { layered } from './layered.ts';
import type { Overlay } from './overlay.ts';
import type { Profile } from './profile.ts';
import type { Direction, PacketDefinition, ProfileName } from './schema.ts';
import { translatedCodec } from './translation/translated.ts';

/** A packet after decoding. */
export interface DecodedPacket {
  readonly name: string;
  readonly type: number;
  readonly fields: Fields;
}

/** All packets of a profile, compiled. */
export interface Protocol {
  readonly profile: ProfileName;
  /** Bytes of `size u16, type u16, crc u16`. */
  readonly headerSize: 6;
  /** Bytes of the largest whole frame. */
  readonly maxFrame: 2047;
  /**
   * The whole plain frame of a packet, with CRC 0, in a buffer of its own.
   * @throws EdgeError unknown_packet, and those of PacketCodec.encodeInto
   */
  encode(name: string, fields: Fields): Buffer;
  /**
   * Decodes a whole plain frame; the CRC is not looked at.
   * @throws EdgeError bad_size, unknown_type, and those of PacketCodec.decodePayload
   */
  decode(frame: Buffer, direction: Direction): DecodedPacket;
  byType(direction: Direction, type: number): PacketCodec | undefined;
  byName(name: string): PacketCodec | undefined;
  readonly packets: readonly PacketCodec[];
  /**
   * A protocol that knows these packets too, such as those of a manifest; this one stays as it is.
   * @throws EdgeError bad_schema for a faulty definition or one whose name or number is taken
   */
  extend(definitions: readonly PacketDefinition[]): Protocol;
}

const directions: readonly Direction[] = ['c2s', 's2c', 'isc'];
const largestType = 2047;

interface Compiled {
  readonly codec: PacketCodec;
  /** Encoded by name only: its number belongs to another packet. */
  readonly duplicate: boolean;
}

export interface CompileOptions {
  readonly overlay?: Overlay | undefined;
  /** Takes and gives the fields of profile `head` where the profile has a layout of its own. */
  readonly commonFields?: boolean | undefined;
}

/** Compiles one definition; null where the packet has no number in this profile. */
export function compilePacket(
  profile: Profile,
  definition: PacketDefinition,
  { overlay, commonFields = false }: CompileOptions = {},
): Compiled | null {
  const { name, dir } = definition;
  const type = profile.idOf(definition);
  if (type === null) return null;
  if (!Number.isInteger(type) || type < 0 || type > largestType)
    throw badSchema(name, 'a number is 0 to 2047');
  const types: TypeTable = { ...profile.types, ...definition.types, ...overlay?.types };
  const duplicate = definition.dupOf !== undefined;
  if (overlay === undefined) {
    const fields = profile.fieldsOf(definition);
    const translation = commonFields ? profile.translations.get(name) : undefined;
    if (translation !== undefined)
      return { codec: translatedCodec(types, definition, type, { fields, translation }), duplicate };
    const slots = resolveFields(types, fields, name);
    const codec = compileCodec(name, type, dir, slots);
    if (!commonFields || fields === definition.fields) return { codec, duplicate };
    return {
      codec: withCommonFields(codec, slots, resolveFields(types, definition.fields, name)),
      duplicate,
    };
  }
  const last = overlay.layouts.at(-1);
  if (last === undefined || last.below !== undefined)
    throw badSchema(name, 'the last layout of an overlay takes all lengths');
  const layers = overlay.layouts.slice(0, -1).map(({ below, fields }) => {
    if (below === undefined)
      throw badSchema(name, 'every layout but the last says below which length it is meant');
    return { below, codec: compileCodec(name, type, dir, resolveFields(types, fields, name)) };
  });
  const rest = compileCodec(name, type, dir, resolveFields(types, last.fields, name));
  return { codec: layers.length === 0 ? rest : layered(layers, rest), duplicate };
}

/** Builds the look-ups over compiled packets. */
export function assemble(profile: Profile, compiled: readonly Compiled[]): Protocol {
  const names = new Map<string, PacketCodec>();
  const types: Record<Direction, (PacketCodec | undefined)[]> = { c2s: [], s2c: [], isc: [] };
  for (const direction of directions) types[direction] = new Array(largestType + 1).fill(undefined);
  for (const { codec, duplicate } of compiled) {
    if (names.has(codec.name)) throw badSchema(codec.name, 'a packet of this name exists');
    names.set(codec.name, codec);
    if (duplicate) continue;
    const owner = types[codec.direction][codec.type];
    if (owner !== undefined)
      throw badSchema(codec.name, `number ${codec.type} (${codec.direction}) belongs to ${owner.name}`);
    types[codec.direction][codec.type] = codec;
  }
  const scratch = Buffer.alloc(largestFrame);
  return {
    profile: profile.name,
    headerSize,
    maxFrame: largestFrame,
    packets: compiled.map(({ codec }) => codec),
    byName: (name) => names.get(name),
    byType: (direction, type) => types[direction][type],
    encode(name, fields) {
      const codec = names.get(name);
      if (codec === undefined)
        throw new EdgeError('unknown_packet', `there is no packet ${name} in profile ${profile.name}`, {
          packet: name,
        });
      if (codec.minFrame === codec.maxFrame) {
        const frame = Buffer.allocUnsafe(codec.maxFrame);
        codec.encodeInto(frame, 0, fields);
        return frame;
      }
      return Buffer.from(scratch.subarray(0, codec.encodeInto(scratch, 0, fields)));
    },
    decode(frame, direction) {
      const size = frame.length < headerSize ? -1 : frame.readUInt16LE(0);
      if (size !== frame.length || size > largestFrame) {
        throw new EdgeError('bad_size', `a frame of ${frame.length} bytes says that it has ${size}`, {
          found: frame.length,
          size,
        });
      }
      const type = frame.readUInt16LE(2);
      const codec = types[direction]?.[type];
      if (codec === undefined) {
        throw new EdgeError(
          'unknown_type',
          `there is no ${direction} packet of type ${type} in profile ${profile.name}`,
          { type, direction },
        );
      }
      return { name: codec.name, type, fields: codec.decodePayload(frame, headerSize, size) };
    },
    extend(definitions) {
      const more = definitions.map((definition) => {
        checkDefinition(definition);
        return compilePacket(profile, definition);
      });
      return assemble(profile, [...compiled, ...more.filter((entry) => entry !== null)]);
    },
  };
}
