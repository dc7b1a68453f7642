import { EdgeError } from '../../errors/edge-error.ts';
import {
  type BitPart,
  type FieldDefinition,
  isBits,
  type Repetition,
  type TypeDefinition,
} from '../schema.ts';
import {
  fixedSize,
  type IntNode,
  type Node,
  type Repeat,
  type Slot,
  sizeOfNode,
  sizeOfSlots,
} from './layout.ts';

export type TypeTable = Readonly<Record<string, TypeDefinition>>;

const integers: Readonly<Record<string, IntNode>> = {
  u8: { kind: 'int', bytes: 1, signed: false },
  char: { kind: 'int', bytes: 1, signed: false },
  i8: { kind: 'int', bytes: 1, signed: true },
  u16: { kind: 'int', bytes: 2, signed: false },
  i16: { kind: 'int', bytes: 2, signed: true },
  u32: { kind: 'int', bytes: 4, signed: false },
  i32: { kind: 'int', bytes: 4, signed: true },
};

const identifier = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const reserved = new Set(['__proto__', 'constructor', 'prototype']);
const mostFields = 512;
const mostElements = 2047;

/** A definition that does not follow the vocabulary; `place` says where in it. */
export function badSchema(place: string, problem: string): EdgeError {
  return new EdgeError('bad_schema', `${place}: ${problem}`, { place, problem });
}

/** Checks a name that becomes part of generated code. */
export function checkName(name: unknown, place: string): string {
  if (typeof name !== 'string' || !identifier.test(name) || reserved.has(name)) {
    throw badSchema(place, `${JSON.stringify(name)} is not a usable name`);
  }
  return name;
}

function lookup(types: TypeTable, name: string): TypeDefinition | undefined {
  return Object.hasOwn(types, name) ? types[name] : undefined;
}

function integer(name: unknown, place: string): IntNode {
  const node = typeof name === 'string' && Object.hasOwn(integers, name) ? integers[name] : undefined;
  if (node === undefined)
    throw badSchema(place, `${JSON.stringify(name)} is not an integer of at most 32 bits`);
  return node;
}

function isCount(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function checkParts(parts: readonly BitPart[], bits: number, place: string): void {
  let used = 0n;
  for (const part of parts) {
    checkName(part.n, place);
    if (!isCount(part.bits, 1, bits) || !isCount(part.off, 0, bits - part.bits)) {
      throw badSchema(place, `part ${part.n} does not lie in ${bits} bits`);
    }
    const mask = ((1n << BigInt(part.bits)) - 1n) << BigInt(part.off);
    if ((used & mask) !== 0n) throw badSchema(place, `part ${part.n} overlaps another part`);
    used |= mask;
  }
}

function resolveNode(types: TypeTable, type: unknown, place: string, above: readonly string[]): Node {
  if (typeof type !== 'string') throw badSchema(place, 'a type is a string');
  if (Object.hasOwn(integers, type)) return integer(type, place);
  if (type === 'u64' || type === 'i64') return { kind: 'long', signed: type === 'i64' };
  if (type === 'f32' || type === 'f64') return { kind: 'float', bytes: type === 'f32' ? 4 : 8 };
  if (type === 'str') return { kind: 'text' };
  const fixed = /^fix:(\d{1,4})$/.exec(type);
  if (fixed !== null) {
    const length = Number(fixed[1]);
    if (!isCount(length, 1, mostElements)) throw badSchema(place, `${type} is too long`);
    return { kind: 'fixed', length };
  }
  const definition = lookup(types, type);
  if (definition === undefined) throw badSchema(place, `there is no type ${JSON.stringify(type)}`);
  if (above.includes(type)) throw badSchema(place, `type ${type} holds itself`);
  const inside = `${place}:${type}`;
  switch (definition.kind) {
    case 'enum':
      return integer(definition.base, inside);
    case 'union': {
      const store = integer(definition.store, inside);
      for (const view of definition.views) checkParts(view, store.bytes * 8, inside);
      checkName(definition.member, inside);
      const parts = definition.views.flat().map((part) => part.n);
      if (new Set([...parts, definition.member]).size !== parts.length + 1) {
        throw badSchema(inside, 'two parts of the union have one name');
      }
      if (store.signed) throw badSchema(inside, 'a union is stored in an unsigned integer');
      const initial = definition.default;
      if (initial !== undefined && !isCount(initial, 0, 2 ** (store.bytes * 8) - 1)) {
        throw badSchema(inside, 'the default does not fit');
      }
      return { kind: 'union', store, member: definition.member, views: definition.views, initial };
    }
    case 'struct':
      return { kind: 'struct', fields: resolveFields(types, definition.fields, inside, [...above, type]) };
    default:
      throw badSchema(inside, 'a type is an enum, a struct or a union');
  }
}

function resolveRepeat(rep: Repetition | undefined, node: Node, place: string): Repeat {
  if (rep === undefined) return null;
  // Also bounds the generated code: every element takes bytes, and a frame has few.
  if (sizeOfNode(node).least === 0) throw badSchema(place, 'a list of elements without bytes');
  if ('count' in rep) {
    if (!isCount(rep.count, 1, mostElements)) throw badSchema(place, 'a count is a number from 1 to 2047');
    return { kind: 'count', count: rep.count };
  }
  if ('rest' in rep && rep.rest === true) return { kind: 'rest' };
  if ('prefix' in rep && rep.prefix === 'u8') return { kind: 'prefix', bytes: 1 };
  if ('prefix' in rep && rep.prefix === 'u16') return { kind: 'prefix', bytes: 2 };
  throw badSchema(place, 'a repetition is a count, a prefix u8 or u16, or rest');
}

/**
 * Resolves the fields of a packet or struct against the types, checking everything that generated code relies on:
 * names, widths, overlaps, and that an open list stands last.
 */
export function resolveFields(
  types: TypeTable,
  fields: readonly FieldDefinition[],
  place: string,
  above: readonly string[] = [],
): Slot[] {
  if (!Array.isArray(fields) || fields.length > mostFields)
    throw badSchema(place, `fields is a list of at most ${mostFields}`);
  const slots: Slot[] = [];
  const names = new Set<string>();
  const claim = (name: string): void => {
    if (names.has(name)) throw badSchema(place, `two fields are called ${name}`);
    names.add(name);
  };
  for (const field of fields as readonly FieldDefinition[]) {
    const last = slots.at(-1);
    if (last !== undefined && last.kind === 'value' && last.repeat?.kind === 'rest') {
      throw badSchema(place, `${last.name} takes the rest of the frame, so nothing can follow it`);
    }
    if (isBits(field)) {
      if (!isCount(field.size, 8, 32) || field.size % 8 !== 0)
        throw badSchema(place, 'a bit group has 8, 16, 24 or 32 bits');
      checkParts(field.parts, field.size, place);
      for (const part of field.parts) claim(part.n);
      const store: IntNode = { kind: 'int', bytes: (field.size / 8) as 1 | 2 | 3 | 4, signed: false };
      slots.push({ kind: 'bits', store, parts: field.parts });
      continue;
    }
    const name = checkName(field.n, place);
    claim(name);
    const node = resolveNode(types, field.t, `${place}.${name}`, above);
    const repeat = resolveRepeat(field.rep, node, `${place}.${name}`);
    if (field.d === 'zero' && node.kind !== 'text' && fixedSize(sizeOfNode(node)) === undefined) {
      throw badSchema(`${place}.${name}`, 'only what always has the same size can be zero');
    }
    slots.push({ kind: 'value', name, node, repeat, initial: field.d });
  }
  if (above.length > 0 && holdsRest(slots))
    throw badSchema(place, 'a list to the end of the frame inside a type');
  if (sizeOfSlots(slots).least > mostElements - 6) throw badSchema(place, 'the packet never fits in a frame');
  return slots;
}

function holdsRest(slots: readonly Slot[]): boolean {
  return slots.some((slot) => slot.kind === 'value' && slot.repeat?.kind === 'rest');
}
