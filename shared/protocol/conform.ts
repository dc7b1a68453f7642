import type { Fields } from './compile/codec.ts';
import type { IntNode, Node, Slot, UnionNode, ValueSlot } from './compile/layout.ts';
import type { BitPart } from './schema.ts';

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/**
 * The same fields as a layout can hold them: what it does not know is left out, what it lacks is zero, numbers stop at the limits
 * of their fields, and lists of a fixed length are cut or filled up.
 */
export function conform(slots: readonly Slot[], fields: Fields): Fields {
  const fitted: Record<string, unknown> = {};
  for (const slot of slots) {
    if (slot.kind === 'bits') {
      for (const { n, bits } of slot.parts) fitted[n] = within(fields[n], 0, 2 ** bits - 1);
      continue;
    }
    const value = fields[slot.name];
    if (value !== undefined) fitted[slot.name] = fitSlot(slot, value);
    else if (slot.initial === undefined) fitted[slot.name] = zeroOf(slot);
  }
  return fitted;
}

/** The fields, and zero for each that the layout has besides. */
export function filledUp(slots: readonly Slot[], fields: Fields): Fields {
  const missing = slots.filter(
    (slot): slot is ValueSlot => slot.kind === 'value' && fields[slot.name] === undefined,
  );
  if (missing.length === 0) return fields;
  return { ...fields, ...Object.fromEntries(missing.map((slot) => [slot.name, zeroOf(slot)])) };
}

function fitSlot(slot: ValueSlot, value: unknown): unknown {
  const { node, repeat } = slot;
  if (repeat === null || !Array.isArray(value)) return fitNode(node, value);
  const list = value.map((one: unknown) => fitNode(node, one));
  if (repeat.kind !== 'count') return list;
  return Array.from({ length: repeat.count }, (_, index) => list[index] ?? zeroOfNode(node));
}

function fitNode(node: Node, value: unknown): unknown {
  switch (node.kind) {
    case 'int':
      return within(value, ...limitsOf(node));
    case 'long':
      return typeof value === 'number' ? String(Math.trunc(value)) : value;
    case 'union':
      return isRecord(value) ? fitUnion(node, value) : value;
    case 'struct':
      return isRecord(value) ? conform(node.fields, value) : value;
    default:
      return value;
  }
}

/** By the parts that both know; as a whole where there are none, or where they say the same. */
function fitUnion(node: UnionNode, given: Fields): Fields {
  const whole = given[node.member];
  if (typeof whole === 'number' && node.views.flat().every((part) => agrees(given[part.n], whole, part)))
    return { [node.member]: within(whole, 0, 2 ** (node.store.bytes * 8) - 1) };
  const view = node.views.find((parts) => parts.some(({ n }) => given[n] !== undefined));
  if (view !== undefined)
    return Object.fromEntries(view.map(({ n, bits }) => [n, within(given[n], 0, 2 ** bits - 1)]));
  return { [node.member]: within(whole, 0, 2 ** (node.store.bytes * 8) - 1) };
}

function agrees(part: unknown, whole: number, { off, bits }: BitPart): boolean {
  return part === undefined || part === Math.floor(whole / 2 ** off) % 2 ** bits;
}

function limitsOf({ bytes, signed }: IntNode): [number, number] {
  const values = 2 ** (bytes * 8);
  return signed ? [-values / 2, values / 2 - 1] : [0, values - 1];
}

/** Other profiles write large numbers as decimal strings. What is no number at all is left to the encoder, which refuses it. */
function within(value: unknown, least: number, most: number): unknown {
  if (value === undefined) return 0;
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' ? Math.max(least, Math.min(most, number)) : number;
}

function zeroOf({ node, repeat }: ValueSlot): unknown {
  if (repeat === null) return zeroOfNode(node);
  return repeat.kind === 'count' ? Array.from({ length: repeat.count }, () => zeroOfNode(node)) : [];
}

function zeroOfNode(node: Node): unknown {
  switch (node.kind) {
    case 'text':
      return '';
    case 'fixed':
      return '\0'.repeat(node.length);
    case 'long':
      return '0';
    case 'union':
      return { [node.member]: 0 };
    case 'struct':
      return conform(node.fields, {});
    default:
      return 0;
  }
}
