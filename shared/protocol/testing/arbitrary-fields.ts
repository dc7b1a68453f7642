import fc from 'fast-check';
import type { Node, Slot, UnionNode, ValueSlot } from '../compile/layout.ts';

type Values = fc.Arbitrary<Record<string, unknown>>;

const plainText = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'));
const rawText = fc
  .uint8Array({ min: 1, minLength: 1, maxLength: 12 })
  .map((bytes) => ({ $hex: Buffer.from(bytes).toString('hex') }));

function fixedText(length: number): fc.Arbitrary<unknown> {
  const raw = fc.uint8Array({ minLength: length, maxLength: length });
  return fc.oneof(
    fc.string({ minLength: length, maxLength: length, unit: 'grapheme-ascii' }),
    raw.map((bytes) => ({ $hex: Buffer.from(bytes).toString('hex') })),
  );
}

function bits(count: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 2 ** count - 1 });
}

function union(node: UnionNode): fc.Arbitrary<unknown> {
  const member = bits(node.store.bytes * 8).map((word) => ({ [node.member]: word }));
  const views = node.views.map(
    (view): Values => fc.record(Object.fromEntries(view.map((part) => [part.n, bits(part.bits)]))),
  );
  return fc.oneof(member, ...views);
}

function arbitraryOf(node: Node): fc.Arbitrary<unknown> {
  switch (node.kind) {
    case 'int': {
      const range = 2 ** (node.bytes * 8);
      return node.signed
        ? fc.integer({ min: -range / 2, max: range / 2 - 1 })
        : fc.integer({ min: 0, max: range - 1 });
    }
    case 'long':
      return (node.signed ? fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n) : fc.bigInt(0n, 2n ** 64n - 1n)).map(
        String,
      );
    case 'float':
      return node.bytes === 4
        ? fc.float({ noNaN: true, noDefaultInfinity: true })
        : fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'text':
      return fc.oneof(plainText, rawText);
    case 'fixed':
      return fixedText(node.length);
    case 'union':
      return union(node);
    case 'struct':
      return fieldsOf(node.fields);
  }
}

function slotOf(slot: ValueSlot): fc.Arbitrary<unknown> {
  const one = arbitraryOf(slot.node);
  if (slot.repeat === null) return one;
  if (slot.repeat.kind !== 'count') return fc.array(one, { maxLength: 4 });
  // Short lists of defaults and lists as long as they can be.
  const most = slot.repeat.count;
  const least = slot.initial === undefined ? most : 0;
  return fc.array(one, { minLength: least, maxLength: most, size: 'small' });
}

/** Fields that can be encoded; those with a default are left out now and then. */
export function fieldsOf(slots: readonly Slot[]): Values {
  const model: Record<string, fc.Arbitrary<unknown>> = {};
  const required: string[] = [];
  for (const slot of slots) {
    if (slot.kind === 'bits') {
      for (const part of slot.parts) model[part.n] = bits(part.bits);
      required.push(...slot.parts.map((part) => part.n));
    } else {
      model[slot.name] = slotOf(slot);
      if (slot.initial === undefined) required.push(slot.name);
    }
  }
  return fc.record(model, { requiredKeys: required });
}
