import { type Emitter, key } from './emitter.ts';
import type { IntNode, Node, Slot, UnionNode } from './layout.ts';
import { type Place, placeArguments } from './place.ts';

/** What the parts of the decoder's generator share. */
export interface DecodeJob {
  readonly out: Emitter;
  /** Reads the fields of an object and gives the expression of the object. */
  object(slots: readonly Slot[], place: Place): string;
}

/** Longest text that is read without entering the runtime. */
const shortText = 16;

/** The expression of an integer at the position. */
export function readInt(out: Emitter, node: IntNode): string {
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

/** The expression of some bits of an integer. */
export function readPart(word: string, off: number, bits: number): string {
  if (bits === 32) return `${word} >>> 0`;
  return `${off === 0 ? word : `${word} >>> ${off}`} & ${2 ** bits - 1}`;
}

/** Gives an expression a name, so that it is evaluated now. */
export function named(out: Emitter, expression: string): string {
  const name = out.fresh('v');
  out.line(`const ${name} = ${expression};`);
  return name;
}

const half: IntNode = { kind: 'int', bytes: 4, signed: true };

function decodeUnion(out: Emitter, node: UnionNode): string {
  const word = named(out, readInt(out, node.store));
  out.advance(node.store.bytes);
  const parts = node.views.flat().map((bit) => `${key(bit.n)}: ${readPart(word, bit.off, bit.bits)}`);
  return named(out, `{ ${[`${key(node.member)}: ${word}`, ...parts].join(', ')} }`);
}

function decodeFloat(out: Emitter, bytes: 4 | 8, place: Place): string {
  for (let word = 0; word * 4 < bytes; word += 1) {
    out.line(`w[${word}] = ${readInt(out, half)};`);
    out.advance(4);
  }
  const value = named(out, bytes === 4 ? 'f[0]' : 'd[0]');
  out.line(
    `if (${value} - ${value} !== 0) x.decode('nonfinite', String(${value}), ${placeArguments(place)});`,
  );
  return value;
}

function decodeText(out: Emitter): string {
  out.settle();
  const [stop, seen, byte] = [out.fresh('q'), out.fresh('s'), out.fresh('c')];
  out.line(`let ${stop} = p, ${seen} = 0, ${byte} = 0;`);
  out.line(`while (${stop} < end && (${byte} = b[${stop}]) !== 0) { ${seen} |= ${byte}; ${stop}++; }`);
  const ascii = `${stop} - p > ${shortText} ? b.latin1Slice(p, ${stop}) : r.readShort(b, p, ${stop} - p)`;
  const value = named(out, `${seen} > 127 ? r.readText(b, p, ${stop}) : ${ascii}`);
  out.line(`p = ${stop} < end ? ${stop} + 1 : end;`);
  return value;
}

/** Reads one value and gives the expression of it, which must be used before the next is read into. */
export function decodeNode(job: DecodeJob, node: Node, place: Place): string {
  const out = job.out;
  if (node.kind === 'text') return decodeText(out);
  if (node.kind === 'struct') return named(out, job.object(node.fields, place));
  out.cover(place);
  switch (node.kind) {
    case 'int': {
      const value = named(out, readInt(out, node));
      out.advance(node.bytes);
      return value;
    }
    case 'long': {
      const low = named(out, readInt(out, { kind: 'int', bytes: 4, signed: false }));
      out.advance(4);
      const high = named(out, readInt(out, { kind: 'int', bytes: 4, signed: node.signed }));
      out.advance(4);
      return named(out, `r.readLong(${low}, ${high})`);
    }
    case 'float':
      return decodeFloat(out, node.bytes, place);
    case 'fixed': {
      const value = named(out, `r.readFixed(b, ${out.position()}, ${out.position(node.length)})`);
      out.advance(node.length);
      return value;
    }
    case 'union':
      return decodeUnion(out, node);
  }
}
