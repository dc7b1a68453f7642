import { elementPlace, fieldPlace } from './emit-decode.ts';
import { emitUnion, storeInt, testInt } from './emit-store.ts';
import { Emitter, key } from './emitter.ts';
import { type BitsSlot, fixedSize, type Node, type Slot, sizeOfNode, type ValueSlot } from './layout.ts';

/** Values that generated code refers to as `k[n]`: defaults and lists of names. */
export class Constants {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    this.list.push(value);
    return `k[${this.list.length - 1}]`;
  }
}

interface Job {
  readonly out: Emitter;
  readonly constants: Constants;
}

function encodeText(out: Emitter, value: string, place: string): void {
  out.settle();
  const end = out.fresh('e');
  out.line(`const ${end} = r.writeText(b, p, ${value}, limit);`);
  out.line(`if (${end} < 0) r.textFault(x, ${end}, ${place}, ${value});`);
  out.line(`p = ${end};`);
}

/** Writes a value that is known not to be undefined, or is refused if it is. */
function encodeNode(job: Job, node: Node, value: string, place: string): void {
  const out = job.out;
  if (node.kind === 'text') return encodeText(out, value, place);
  if (node.kind === 'struct') return encodeObject(job, node.fields, value, place);
  out.cover(place);
  switch (node.kind) {
    case 'int':
      out.line(`if (${testInt(node, value)}) x.encode('bad_value', ${place}, ${value});`);
      storeInt(out, node, value);
      return;
    case 'long':
      out.line(
        `if (!r.writeLong(b, ${out.position()}, ${value}, ${node.signed})) x.encode('bad_value', ${place}, ${value});`,
      );
      out.advance(8);
      return;
    case 'float':
      out.line(`if (typeof ${value} !== 'number') x.encode('bad_value', ${place}, ${value});`);
      out.line(`${node.bytes === 4 ? 'f' : 'd'}[0] = ${value};`);
      out.line(
        `if (!isFinite(${node.bytes === 4 ? 'f' : 'd'}[0])) x.encode('bad_value', ${place}, ${value});`,
      );
      storeInt(out, { kind: 'int', bytes: 4, signed: true }, 'w[0]');
      if (node.bytes === 8) storeInt(out, { kind: 'int', bytes: 4, signed: true }, 'w[1]');
      return;
    case 'fixed': {
      const end = out.fresh('e');
      out.line(`const ${end} = r.writeFixed(b, ${out.position()}, ${value}, ${node.length});`);
      out.line(`if (${end} < 0) r.textFault(x, ${end}, ${place}, ${value});`);
      out.advance(node.length);
      return;
    }
    case 'union':
      emitUnion(out, node, value, place, (names) => job.constants.add(names));
  }
}

/** Writes `value`, or the default where it is undefined. `initial` undefined means that there is none. */
function encodeOptional(job: Job, node: Node, value: string, initial: unknown, place: string): void {
  const out = job.out;
  if (initial === undefined) {
    out.line(`if (${value} === undefined) x.encode('missing_field', ${place}, undefined);`);
    return encodeNode(job, node, value, place);
  }
  if (initial !== 'zero') {
    out.line(`if (${value} === undefined) ${value} = ${job.constants.add(initial)};`);
    return encodeNode(job, node, value, place);
  }
  const size = fixedSize(sizeOfNode(node));
  if (size === undefined || node.kind === 'text') throw new Error('a zero default needs a fixed size');
  const start = node.kind === 'int' || node.kind === 'float' || node.kind === 'long' ? '0' : undefined;
  if (start !== undefined) {
    out.line(`if (${value} === undefined) ${value} = 0;`);
    return encodeNode(job, node, value, place);
  }
  out.cover(place);
  out.line(`if (${value} === undefined) b.fill(0, ${out.position()}, ${out.position(size)}); else {`);
  encodeNode(job, node, value, place);
  out.line('}');
}

function loop(
  job: Job,
  count: string,
  list: string,
  node: Node,
  initial: string | undefined,
  place: string,
): void {
  const out = job.out;
  const size = fixedSize(sizeOfNode(node));
  const [index, base, item] = [out.fresh('i'), out.fresh('q'), out.fresh('v')];
  const inner = elementPlace(place, index);
  const body = (): void => {
    out.line(`let ${item} = ${list}[${index}];`);
    if (initial === 'zero') encodeOptional(job, node, item, 'zero', inner);
    else {
      const otherwise =
        initial === undefined
          ? `x.encode('missing_field', ${inner}, undefined)`
          : `${item} = ${initial}[${index}]`;
      out.line(`if (${item} === undefined) ${otherwise};`);
      encodeNode(job, node, item, inner);
    }
  };
  if (size === undefined) {
    out.line(`for (let ${index} = 0; ${index} < ${count}; ${index}++) {`);
    body();
    out.settle();
    out.line('}');
    return;
  }
  out.line(
    `for (let ${index} = 0, ${base} = ${out.position()}; ${index} < ${count}; ${index}++, ${base} += ${size}) {`,
  );
  out.within(base, body);
  out.line('}');
}

function encodeCount(job: Job, slot: ValueSlot, count: number, value: string, place: string): void {
  const { out, constants } = job;
  const size = fixedSize(sizeOfNode(slot.node));
  if (size === undefined) out.settle();
  else out.cover(place);
  const zero = slot.initial === 'zero';
  const initial =
    zero || slot.initial === undefined ? undefined : constants.add(defaultList(slot.initial, count));
  if (slot.initial === undefined) {
    out.line(`if (${value} === undefined) x.encode('missing_field', ${place}, undefined);`);
  } else {
    out.line(`if (${value} === undefined) ${value} = ${zero ? '[]' : initial};`);
  }
  out.line(`if (!Array.isArray(${value})) x.encode('bad_value', ${place}, ${value});`);
  const wrong = slot.initial === undefined ? `!== ${count}` : `> ${count}`;
  out.line(`if (${value}.length ${wrong}) x.encode('count_mismatch', ${place}, ${value}.length);`);
  loop(job, String(count), value, slot.node, zero ? 'zero' : initial, place);
  if (size !== undefined) out.advance(size * count);
}

function defaultList(initial: unknown, count: number): unknown[] {
  const list: readonly unknown[] = Array.isArray(initial) ? initial : new Array(count).fill(initial);
  return [...list];
}

function encodeList(job: Job, slot: ValueSlot, prefix: 0 | 1 | 2, value: string, place: string): void {
  const { out, constants } = job;
  const extent = sizeOfNode(slot.node);
  if (slot.initial === undefined) {
    out.line(`if (${value} === undefined) x.encode('missing_field', ${place}, undefined);`);
  } else {
    out.line(`if (${value} === undefined) ${value} = ${constants.add(slot.initial)};`);
  }
  out.line(`if (!Array.isArray(${value})) x.encode('bad_value', ${place}, ${value});`);
  const count = out.fresh('n');
  out.line(`const ${count} = ${value}.length;`);
  if (prefix > 0) {
    out.line(`if (${count} > ${prefix === 1 ? 255 : 65535}) x.encode('count_overflow', ${place}, ${count});`);
    out.cover(place);
    storeInt(out, { kind: 'int', bytes: prefix as 1 | 2, signed: false }, count);
  }
  out.settle();
  out.line(`if (limit - p < ${count} * ${extent.least}) x.encode('frame_too_large', ${place}, ${count});`);
  loop(job, count, value, slot.node, undefined, place);
  const size = fixedSize(extent);
  if (size !== undefined) out.line(`p += ${count} * ${size};`);
}

function encodeBits(job: Job, slot: BitsSlot, source: string, place: string): string[] {
  const out = job.out;
  out.cover(place);
  const words = slot.parts.map((bit) => {
    const value = out.fresh('v');
    const inner = fieldPlace(place, bit.n);
    out.line(`const ${value} = ${source}[${key(bit.n)}];`);
    out.line(`if (${value} === undefined) x.encode('missing_field', ${inner}, undefined);`);
    const test =
      bit.bits === 32 ? `(${value} >>> 0) !== ${value}` : `(${value} & ${2 ** bit.bits - 1}) !== ${value}`;
    out.line(`if (typeof ${value} !== 'number' || ${test}) x.encode('bad_value', ${inner}, ${value});`);
    return bit.off === 0 ? value : `${value} << ${bit.off}`;
  });
  const word = out.fresh('w');
  out.line(`const ${word} = ${words.join(' | ') || '0'};`);
  storeInt(out, slot.store, word);
  return slot.parts.map((bit) => bit.n);
}

function encodeSlot(job: Job, slot: ValueSlot, source: string, place: string, given: string): void {
  const out = job.out;
  const value = out.fresh('v');
  out.line(`let ${value} = ${source}[${key(slot.name)}];`);
  if (slot.initial !== undefined) out.line(`if (${value} !== undefined) ${given}++;`);
  const repeat = slot.repeat;
  if (repeat === null) return encodeOptional(job, slot.node, value, slot.initial, place);
  if (repeat.kind === 'count') return encodeCount(job, slot, repeat.count, value, place);
  encodeList(job, slot, repeat.kind === 'prefix' ? repeat.bytes : 0, value, place);
}

/** Writes the fields of an object and refuses keys that are none of them. */
function encodeObject(job: Job, slots: readonly Slot[], source: string, place: string): void {
  const { out, constants } = job;
  const given = out.fresh('g');
  const required = slots.reduce(
    (sum, slot) => sum + (slot.kind === 'bits' ? slot.parts.length : slot.initial === undefined ? 1 : 0),
    0,
  );
  out.cover(place);
  out.line(
    `if (typeof ${source} !== 'object' || ${source} === null) x.encode('bad_value', ${place}, ${source});`,
  );
  out.line(`let ${given} = ${required};`);
  const names = slots.flatMap((slot) => {
    if (slot.kind === 'bits') return encodeBits(job, slot, source, place);
    encodeSlot(job, slot, source, fieldPlace(place, slot.name), given);
    return [slot.name];
  });
  out.line(`for (const key in ${source}) ${given}--;`);
  out.line(`if (${given} !== 0) x.surplus(${place}, ${source}, ${constants.add(names)});`);
}

/** The body of `(b, p, f0, limit)` that writes the fields `f0` as payload from `p` on and returns its end. */
export function emitEncode(slots: readonly Slot[], constants: Constants): string {
  const out = new Emitter(
    (bytes, place) => `if (limit - p < ${bytes}) x.encode('frame_too_large', ${place}, limit - p);`,
  );
  encodeObject({ out, constants }, slots, 'f0', "''");
  out.settle();
  out.line('return p;');
  return out.lines.join('\n');
}
