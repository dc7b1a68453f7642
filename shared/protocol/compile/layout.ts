import type { BitPart } from '../schema.ts';

/** Width and sign of an integer of at most 32 bits. */
export interface IntNode {
  readonly kind: 'int';
  readonly bytes: 1 | 2 | 3 | 4;
  readonly signed: boolean;
}

/** A 64-bit integer; its value is a decimal string. */
interface LongNode {
  readonly kind: 'long';
  readonly signed: boolean;
}

interface FloatNode {
  readonly kind: 'float';
  readonly bytes: 4 | 8;
}

/** Bytes up to a zero byte. */
interface TextNode {
  readonly kind: 'text';
}

/** Exactly `length` bytes. */
interface FixedNode {
  readonly kind: 'fixed';
  readonly length: number;
}

export interface UnionNode {
  readonly kind: 'union';
  readonly store: IntNode;
  readonly member: string;
  readonly views: readonly (readonly BitPart[])[];
  readonly initial: number | undefined;
}

interface StructNode {
  readonly kind: 'struct';
  readonly fields: readonly Slot[];
}

export type Node = IntNode | LongNode | FloatNode | TextNode | FixedNode | UnionNode | StructNode;

/** A list, or null for a single value. */
export type Repeat =
  | null
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'prefix'; readonly bytes: 1 | 2 }
  | { readonly kind: 'rest' };

export interface ValueSlot {
  readonly kind: 'value';
  readonly name: string;
  readonly node: Node;
  readonly repeat: Repeat;
  /** Undefined when the field must be supplied; `'zero'` means zero bytes, unless the field is a text. */
  readonly initial: unknown;
}

export interface BitsSlot {
  readonly kind: 'bits';
  readonly store: IntNode;
  readonly parts: readonly BitPart[];
}

/** A field after its types are resolved. */
export type Slot = ValueSlot | BitsSlot;

/** Fewest and most bytes; `most` is infinite for texts and open lists. */
export interface Extent {
  readonly least: number;
  readonly most: number;
}

function times(extent: Extent, least: number, most: number): Extent {
  return { least: extent.least * least, most: extent.most === 0 ? 0 : extent.most * most };
}

export function sizeOfNode(node: Node): Extent {
  switch (node.kind) {
    case 'int':
    case 'float':
      return { least: node.bytes, most: node.bytes };
    case 'long':
      return { least: 8, most: 8 };
    case 'text':
      return { least: 1, most: Number.POSITIVE_INFINITY };
    case 'fixed':
      return { least: node.length, most: node.length };
    case 'union':
      return { least: node.store.bytes, most: node.store.bytes };
    case 'struct':
      return sizeOfSlots(node.fields);
  }
}

function sizeOfSlot(slot: Slot): Extent {
  if (slot.kind === 'bits') return { least: slot.store.bytes, most: slot.store.bytes };
  const one = sizeOfNode(slot.node);
  const repeat = slot.repeat;
  if (repeat === null) return one;
  if (repeat.kind === 'count') return times(one, repeat.count, repeat.count);
  if (repeat.kind === 'rest') return times(one, 0, Number.POSITIVE_INFINITY);
  const list = times(one, 0, repeat.bytes === 1 ? 0xff : 0xffff);
  return { least: list.least + repeat.bytes, most: list.most + repeat.bytes };
}

export function sizeOfSlots(slots: readonly Slot[]): Extent {
  let least = 0;
  let most = 0;
  for (const slot of slots) {
    const extent = sizeOfSlot(slot);
    least += extent.least;
    most += extent.most;
  }
  return { least, most };
}

/** The number of bytes of something that always has the same size, else undefined. */
export function fixedSize(extent: Extent): number | undefined {
  return extent.least === extent.most ? extent.least : undefined;
}
