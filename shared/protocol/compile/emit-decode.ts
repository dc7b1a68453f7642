import { Emitter, key } from './emitter.ts';
import {
  type BitsSlot,
  fixedSize,
  type IntNode,
  type Node,
  type Slot,
  sizeOfNode,
  type UnionNode,
  type ValueSlot,
} from './layout.ts';

const mostUnrolled = 16;

/** The expression of an integer at the position. */
function integer(out: Emitter, node: IntNode): string {
  const byte = (index: number): string => `b[${out.position(index)}]`;
  switch (node.bytes) {
    case 1:
      return node.signed ? `${byte(0)} << 24 >> 24` : byte(0);
    case 2:
      return node.signed ? `(${byte(0)} | ${byte(1)} << 8) << 16 >> 16` : `${byte(0)} | ${byte(1)} << 8`;
    case 3:
      return `${byte(0)} | ${byte(1)} << 8 | ${byte(2)} << 16`;
    case 4: {
      const word = `${byte(0)} | ${byte(1)} << 8 | ${byte(2)} << 16 | ${byte(3)} << 24`;
      return node.signed ? word : `(${word}) >>> 0`;
    }
  }
}

function part(word: string, off: number, bits: number): string {
  const moved = off === 0 ? word : `${word} >>> ${off}`;
  if (bits === 32) return `${word} >>> 0`;
  return `${moved} & ${2 ** bits - 1}`;
}

function constant(out: Emitter, expression: string): string {
  const name = out.fresh('v');
  out.line(`const ${name} = ${expression};`);
  return name;
}

function decodeUnion(out: Emitter, node: UnionNode): string {
  const word = constant(out, integer(out, node.store));
  out.advance(node.store.bytes);
  const parts = node.views.flat().map((bit) => `${key(bit.n)}: ${part(word, bit.off, bit.bits)}`);
  return constant(out, `{ ${[`${key(node.member)}: ${word}`, ...parts].join(', ')} }`);
}

function decodeFloat(out: Emitter, bytes: 4 | 8, place: string): string {
  const word: IntNode = { kind: 'int', bytes: 4, signed: true };
  const value = out.fresh('v');
  if (bytes === 4) {
    out.line(`w[0] = ${integer(out, word)};`);
    out.advance(4);
    out.line(`const ${value} = f[0];`);
  } else {
    out.line(`w[0] = ${integer(out, word)};`);
    out.advance(4);
    out.line(`w[1] = ${integer(out, word)};`);
    out.advance(4);
    out.line(`const ${value} = d[0];`);
  }
  out.line(`if (${value} - ${value} !== 0) x.decode('nonfinite', ${place}, String(${value}));`);
  return value;
}

function decodeText(out: Emitter): string {
  out.settle();
  const [stop, seen, byte, value] = [out.fresh('q'), out.fresh('s'), out.fresh('c'), out.fresh('v')];
  out.line(`let ${stop} = p, ${seen} = 0, ${byte} = 0;`);
  out.line(`while (${stop} < end && (${byte} = b[${stop}]) !== 0) { ${seen} |= ${byte}; ${stop}++; }`);
  out.line(`const ${value} = ${seen} < 128 ? b.latin1Slice(p, ${stop}) : r.readText(b, p, ${stop});`);
  out.line(`p = ${stop} < end ? ${stop} + 1 : end;`);
  return value;
}

function decodeNode(out: Emitter, node: Node, place: string): string {
  if (node.kind === 'text') return decodeText(out);
  if (node.kind === 'struct') return constant(out, decodeObject(out, node.fields, place));
  out.cover(place);
  switch (node.kind) {
    case 'int': {
      const value = constant(out, integer(out, node));
      out.advance(node.bytes);
      return value;
    }
    case 'long': {
      const low = constant(out, integer(out, { kind: 'int', bytes: 4, signed: false }));
      out.advance(4);
      const high = constant(out, integer(out, { kind: 'int', bytes: 4, signed: node.signed }));
      out.advance(4);
      return constant(out, `r.readLong(${low}, ${high})`);
    }
    case 'float':
      return decodeFloat(out, node.bytes, place);
    case 'fixed': {
      const value = constant(out, `r.readFixed(b, ${out.position()}, ${out.position(node.length)})`);
      out.advance(node.length);
      return value;
    }
    case 'union':
      return decodeUnion(out, node);
  }
}

function decodeCount(out: Emitter, node: Node, count: number, place: string): string {
  if (count <= mostUnrolled) {
    const items: string[] = [];
    for (let index = 0; index < count; index += 1)
      items.push(decodeNode(out, node, elementPlace(place, String(index))));
    return constant(out, `[${items.join(', ')}]`);
  }
  const size = fixedSize(sizeOfNode(node));
  const [list, index] = [out.fresh('v'), out.fresh('i')];
  if (size === undefined) {
    out.settle();
    out.line(`const ${list} = [];`);
    out.line(`for (let ${index} = 0; ${index} < ${count}; ${index}++) {`);
    out.line(`${list}.push(${decodeNode(out, node, elementPlace(place, index))});`);
    out.settle();
    out.line('}');
    return list;
  }
  out.cover(place);
  loopFixed(out, node, { list, index, count: String(count), start: out.position(), size, place });
  out.advance(size * count);
  return list;
}

interface Loop {
  readonly list: string;
  readonly index: string;
  readonly count: string;
  readonly start: string;
  readonly size: number;
  readonly place: string;
}

function loopFixed(out: Emitter, node: Node, loop: Loop): void {
  const base = out.fresh('q');
  out.line(`const ${loop.list} = [];`);
  out.line(
    `for (let ${loop.index} = 0, ${base} = ${loop.start}; ${loop.index} < ${loop.count}; ${loop.index}++, ${base} += ${loop.size}) {`,
  );
  out.within(base, () =>
    out.line(`${loop.list}.push(${decodeNode(out, node, elementPlace(loop.place, loop.index))});`),
  );
  out.line('}');
}

/** The expression of a field's path with an index appended; `index` is a number or a variable of the generated code. */
export function elementPlace(place: string, index: string): string {
  return `${place} + '[' + ${index} + ']'`;
}

/** The expression of the path of a field inside `place`. */
export function fieldPlace(place: string, name: string): string {
  return place === "''" ? `'${name}'` : `${place} + '.${name}'`;
}

function decodeList(out: Emitter, node: Node, prefix: 0 | 1 | 2, place: string): string {
  const size = fixedSize(sizeOfNode(node));
  const [list, index] = [out.fresh('v'), out.fresh('i')];
  let count = '';
  if (prefix > 0) {
    out.cover(place);
    count = constant(out, integer(out, { kind: 'int', bytes: prefix as 1 | 2, signed: false }));
    out.advance(prefix);
  }
  out.settle();
  const short = (needed: string): string =>
    `x.decode('short_payload', ${place}, ${needed} + ' bytes needed, ' + (end - p) + ' there');`;
  if (size !== undefined) {
    if (prefix > 0) {
      out.line(`if (end - p < ${count} * ${size}) ${short(`${count} * ${size}`)}`);
    } else {
      count = constant(out, size === 1 ? 'end - p' : `Math.floor((end - p) / ${size})`);
      if (size > 1)
        out.line(
          `if (${count} * ${size} !== end - p) ${short(`a multiple of ${size}`.replace(/^(.*)$/, "'$1'"))}`,
        );
    }
    loopFixed(out, node, { list, index, count, start: 'p', size, place });
    out.line(`p += ${count} * ${size};`);
    return list;
  }
  if (prefix > 0) out.line(`if (end - p < ${count}) ${short(count)}`);
  const more = prefix > 0 ? `${index} < ${count}` : 'p < end';
  out.line(`const ${list} = [];`);
  out.line(`for (let ${index} = 0; ${more}; ${index}++) {`);
  out.line(`if (p >= end) ${short('1')}`);
  const value = decodeNode(out, node, elementPlace(place, index));
  out.settle();
  out.line(`${list}.push(${value});`);
  out.line('}');
  return list;
}

function decodeBits(out: Emitter, slot: BitsSlot, place: string): string[] {
  out.cover(place);
  const word = constant(out, integer(out, slot.store));
  out.advance(slot.store.bytes);
  return slot.parts.map((bit) => `${key(bit.n)}: ${part(word, bit.off, bit.bits)}`);
}

function decodeValue(out: Emitter, slot: ValueSlot, place: string): string {
  const repeat = slot.repeat;
  if (repeat === null) return decodeNode(out, slot.node, place);
  if (repeat.kind === 'count') return decodeCount(out, slot.node, repeat.count, place);
  return decodeList(out, slot.node, repeat.kind === 'prefix' ? repeat.bytes : 0, place);
}

function decodeObject(out: Emitter, slots: readonly Slot[], place: string): string {
  const entries = slots.flatMap((slot) => {
    if (slot.kind === 'bits') return decodeBits(out, slot, fieldPlace(place, slot.parts[0]?.n ?? 'bits'));
    return [`${key(slot.name)}: ${decodeValue(out, slot, fieldPlace(place, slot.name))}`];
  });
  return `{ ${entries.join(', ')} }`;
}

/** The body of `(b, p, end)` that turns the payload in `b[p, end)` into its fields. */
export function emitDecode(slots: readonly Slot[]): string {
  const out = new Emitter(
    (bytes, place) =>
      `if (end - p < ${bytes}) x.decode('short_payload', ${place}, ${bytes} + ' bytes needed, ' + (end - p) + ' there');`,
  );
  const fields = decodeObject(out, slots, "''");
  out.settle();
  out.line(`if (p !== end) x.decode('trailing_bytes', '', (end - p) + ' bytes too many');`);
  out.line(`return ${fields};`);
  return out.lines.join('\n');
}
