import { compileCodec, type Fields, type PacketCodec } from '../compile/codec.ts';
import { faultsOf } from '../compile/fault.ts';
import type { Slot } from '../compile/layout.ts';
import { badSchema, resolveFields, type TypeTable } from '../compile/resolve.ts';
import { conform, filledUp } from '../conform.ts';
import type { PacketDefinition } from '../schema.ts';
import { compileStep } from './step.ts';
import type { Form, Translation } from './translation.ts';

/** The codec of a packet that takes and gives the fields of profile `head` and speaks another profile on the wire. */
export function translatedCodec(
  types: TypeTable,
  definition: PacketDefinition,
  type: number,
  { fields: layout, translation }: { fields: PacketDefinition['fields']; translation: Translation },
): PacketCodec {
  const { name, dir } = definition;
  const common = resolveFields(types, definition.fields, name);
  const forms = translation.forms.map((form) => {
    const own = resolveFields(types, form.fields ?? layout, name);
    return { form, codec: inForm(compileCodec(name, type, dir, own), form, own, common) };
  });
  const last = forms.at(-1);
  if (last === undefined || last.form.ours !== undefined || last.form.theirs !== undefined)
    throw badSchema(name, 'the last form of a translation is without conditions');
  return {
    ...last.codec,
    minFrame: Math.min(...forms.map(({ codec }) => codec.minFrame)),
    maxFrame: Math.max(...forms.map(({ codec }) => codec.maxFrame)),
    decodePayload(buffer, start, end) {
      const { codec } = forms.find(({ form }) => comesAs(form, buffer, start, end)) ?? last;
      return codec.decodePayload(buffer, start, end);
    },
    encodeInto(buffer, offset, fields) {
      const whole = withNumbers(common, fields);
      const { codec } = forms.find(({ form }) => goesAs(form, whole)) ?? last;
      return codec.encodeInto(buffer, offset, whole);
    },
  };
}

function inForm(
  codec: PacketCodec,
  { steps }: Form,
  own: readonly Slot[],
  common: readonly Slot[],
): PacketCodec {
  const faults = faultsOf(codec.name);
  const ways = steps.map((step) => compileStep(step, faults));
  const back = ways.toReversed();
  return {
    ...codec,
    decodePayload(buffer, start, end) {
      const fields = codec.decodePayload(buffer, start, end);
      return filledUp(
        common,
        back.reduce((after, { toOurs }) => toOurs(after), fields),
      );
    },
    encodeInto(buffer, offset, fields) {
      const theirs = ways.reduce((before, { toTheirs }) => toTheirs(before), fields);
      return codec.encodeInto(buffer, offset, conform(own, theirs));
    },
  };
}

/** Our numbers where none are given: the other layout may have the same default in another unit or code. */
function withNumbers(common: readonly Slot[], fields: Fields): Fields {
  const whole: Record<string, unknown> = { ...fields };
  for (const slot of common) {
    if (slot.kind !== 'value' || slot.repeat !== null || typeof slot.initial !== 'number') continue;
    if (whole[slot.name] === undefined) whole[slot.name] = slot.initial;
  }
  return whole;
}

function comesAs({ theirs, ours }: Form, buffer: Buffer, start: number, end: number): boolean {
  if (theirs === undefined) return ours === undefined;
  if ('below' in theirs) return end - start < theirs.below;
  return start + theirs.at < end && theirs.is.includes(buffer[start + theirs.at] ?? -1);
}

function goesAs({ ours, theirs }: Form, fields: Fields): boolean {
  if (ours === undefined) return theirs === undefined;
  return ours.is.includes(fields[ours.field] as number);
}
