import type { Constants } from './constants.ts';
import type { Emitter } from './emitter.ts';
import { encodeUnion } from './encode-union.ts';
import { fixedSize, type Node, type Slot, sizeOfNode } from './layout.ts';
import { type Place, placeArguments } from './place.ts';
import { fitsInt, storeInt } from './store-int.ts';

/** What the parts of the encoder's generator share. */
export interface EncodeJob {
  readonly out: Emitter;
  readonly constants: Constants;
  /** Writes the fields of the object `source`. */
  object(slots: readonly Slot[], source: string, place: Place): void;
}

function encodeText(out: Emitter, value: string, place: Place): void {
  out.settle();
  const end = out.fresh('e');
  out.line(`const ${end} = r.writeText(b, p, ${value}, limit);`);
  out.line(`if (${end} < 0) r.textFault(x, ${end}, ${value}, ${placeArguments(place)});`);
  out.line(`p = ${end};`);
}

function encodeFloat(out: Emitter, bytes: 4 | 8, value: string, place: Place): void {
  const scratch = bytes === 4 ? 'f[0]' : 'd[0]';
  out.line(`if (typeof ${value} !== 'number') x.value(${value}, ${placeArguments(place)});`);
  out.line(`${scratch} = ${value};`);
  out.line(`if (${scratch} - ${scratch} !== 0) x.value(${value}, ${placeArguments(place)});`);
  for (let word = 0; word * 4 < bytes; word += 1) {
    const bits = out.fresh('w');
    out.line(`const ${bits} = w[${word}];`);
    storeInt(out, 4, bits);
  }
}

/** Writes the value of a variable; undefined is refused as a missing field. */
export function encodeNode(job: EncodeJob, node: Node, value: string, place: Place): void {
  const { out, constants } = job;
  if (node.kind === 'text') {
    encodeText(out, value, place);
    return;
  }
  if (node.kind === 'struct') {
    job.object(node.fields, value, place);
    return;
  }
  out.cover(place);
  switch (node.kind) {
    case 'int':
      out.line(`if (!(${fitsInt(node, value)})) x.value(${value}, ${placeArguments(place)});`);
      storeInt(out, node.bytes, value);
      return;
    case 'long': {
      const written = `r.writeLong(b, ${out.position()}, ${value}, ${node.signed})`;
      out.line(`if (!${written}) x.value(${value}, ${placeArguments(place)});`);
      out.advance(8);
      return;
    }
    case 'float':
      encodeFloat(out, node.bytes, value, place);
      return;
    case 'fixed': {
      const end = out.fresh('e');
      out.line(`const ${end} = r.writeFixed(b, ${out.position()}, ${value}, ${node.length});`);
      out.line(`if (${end} < 0) r.textFault(x, ${end}, ${value}, ${placeArguments(place)});`);
      out.advance(node.length);
      return;
    }
    case 'union':
      encodeUnion(out, constants, node, value, place);
  }
}

/** Writes the value of a variable, or zero bytes where it is undefined; only for nodes of fixed size. */
export function encodeOrZero(job: EncodeJob, node: Node, value: string, place: Place): void {
  const out = job.out;
  const size = fixedSize(sizeOfNode(node)) ?? 0;
  out.cover(place);
  out.line(`if (${value} === undefined) b.fill(0, ${out.position()}, ${out.position(size)}); else {`);
  encodeNode(job, node, value, place);
  out.line('}');
}
