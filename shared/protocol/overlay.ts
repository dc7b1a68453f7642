import { badSchema } from './compile/resolve.ts';
import {
  type FieldDefinition,
  isBits,
  type PacketDefinition,
  type ProfileName,
  type TypeDefinition,
} from './schema.ts';

/** One of the layouts that an overlay offers. */
export interface OverlayLayout {
  /** It is meant for payloads of fewer bytes than this; absent only in the last layout, which takes all others. */
  readonly below?: number;
  readonly fields: readonly FieldDefinition[];
}

/**
 * Replaces the layout of one packet. With several layouts the length of a payload chooses when decoding; when encoding it is the
 * last one, or the first of the others that the fields fit.
 */
export interface Overlay {
  readonly packet: string;
  /** Profiles in which it applies; all of them if absent. */
  readonly profiles?: readonly ProfileName[];
  readonly types?: Readonly<Record<string, TypeDefinition>>;
  readonly layouts: readonly OverlayLayout[];
}

/** A change of some fields of a layout, as `data/retail-overrides.json` has them. */
interface LayoutPatch {
  readonly patch?: Readonly<Record<string, string>>;
  readonly drop?: readonly string[];
  readonly count?: Readonly<Record<string, number>>;
}

/** The content of `data/retail-overrides.json`. */
export interface Overrides {
  readonly types: Readonly<Record<string, TypeDefinition>>;
  readonly packets: Readonly<Record<string, readonly (FieldDefinition | LayoutPatch)[]>>;
}

function isPatch(entry: FieldDefinition | LayoutPatch): entry is LayoutPatch {
  return !('t' in entry);
}

function patched(fields: readonly FieldDefinition[], change: LayoutPatch, place: string): FieldDefinition[] {
  const { patch = {}, drop = [], count = {} } = change;
  const names = new Set(fields.flatMap((field) => (isBits(field) ? [] : [field.n])));
  for (const name of [...Object.keys(patch), ...drop, ...Object.keys(count)]) {
    if (!names.has(name)) throw badSchema(place, `there is no field ${name} to change`);
  }
  return fields.flatMap((field): FieldDefinition[] => {
    if (isBits(field)) return [field];
    if (drop.includes(field.n)) return [];
    const type = patch[field.n] ?? field.t;
    const length = count[field.n];
    return [{ ...field, t: type, ...(length === undefined ? {} : { rep: { count: length } }) }];
  });
}

/** The fields of a packet after the overrides. */
export function overridden(definition: PacketDefinition, overrides: Overrides): readonly FieldDefinition[] {
  const change = Object.hasOwn(overrides.packets, definition.name)
    ? overrides.packets[definition.name]
    : undefined;
  if (change === undefined) return definition.fields;
  let fields: readonly FieldDefinition[] = [];
  for (const entry of change) {
    if (isPatch(entry)) fields = patched(definition.fields, entry, definition.name);
    else fields = [...fields, entry];
  }
  return fields;
}
