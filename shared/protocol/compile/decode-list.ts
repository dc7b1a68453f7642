import { type DecodeJob, decodeNode, named, readInt } from './decode-node.ts';
import { fixedSize, type Node, sizeOfNode } from './layout.ts';
import { elementOf, type Place, placeArguments } from './place.ts';

/** Lists of at most this many elements are written out instead of looped over. */
const mostUnrolled = 16;

interface Loop {
  readonly list: string;
  readonly count: string;
  /** The expression of the offset of the first element. */
  readonly start: string;
  readonly size: number;
  readonly place: Place;
}

function loopFixed(job: DecodeJob, node: Node, loop: Loop): void {
  const out = job.out;
  const [base, index] = [out.fresh('q'), out.fresh('i')];
  out.line(`const ${loop.list} = [];`);
  const step = `${index}++, ${base} += ${loop.size}`;
  out.line(`for (let ${index} = 0, ${base} = ${loop.start}; ${index} < ${loop.count}; ${step}) {`);
  out.within(base, () => {
    const value = decodeNode(job, node, elementOf(loop.place, index));
    out.line(`${loop.list}.push(${value});`);
  });
  out.line('}');
}

function loopOpen(
  job: DecodeJob,
  node: Node,
  list: string,
  more: (index: string) => string,
  place: Place,
): void {
  const out = job.out;
  const index = out.fresh('i');
  const inner = elementOf(place, index);
  out.line(`const ${list} = [];`);
  out.line(`for (let ${index} = 0; ${more(index)}; ${index}++) {`);
  out.line(`if (p >= end) x.short(1, 0, ${placeArguments(inner)});`);
  const value = decodeNode(job, node, inner);
  out.settle();
  out.line(`${list}.push(${value});`);
  out.line('}');
}

/** Reads a list of fixed length. */
export function decodeCount(job: DecodeJob, node: Node, count: number, place: Place): string {
  const out = job.out;
  if (count <= mostUnrolled) {
    const items: string[] = [];
    for (let index = 0; index < count; index += 1) items.push(decodeNode(job, node, elementOf(place, index)));
    return named(out, `[${items.join(', ')}]`);
  }
  const size = fixedSize(sizeOfNode(node));
  const list = out.fresh('v');
  if (size === undefined) {
    out.settle();
    loopOpen(job, node, list, (index) => `${index} < ${count}`, place);
    return list;
  }
  out.cover(place);
  loopFixed(job, node, { list, count: String(count), start: out.position(), size, place });
  out.advance(size * count);
  return list;
}

/** Reads a list behind a count of `prefix` bytes, or to the end of the payload where that is 0. */
export function decodeList(job: DecodeJob, node: Node, prefix: 0 | 1 | 2, place: Place): string {
  const out = job.out;
  const size = fixedSize(sizeOfNode(node));
  const list = out.fresh('v');
  let count = '';
  if (prefix > 0) {
    out.cover(place);
    count = named(out, readInt(out, { kind: 'int', bytes: prefix === 1 ? 1 : 2, signed: false }));
    out.advance(prefix);
  }
  out.settle();
  const least = size ?? 1;
  if (prefix > 0) {
    out.line(
      `if (end - p < ${count} * ${least}) x.short(${count} * ${least}, end - p, ${placeArguments(place)});`,
    );
  }
  if (size === undefined) {
    loopOpen(job, node, list, (index) => (prefix > 0 ? `${index} < ${count}` : 'p < end'), place);
    return list;
  }
  if (prefix === 0) {
    count = named(out, `Math.ceil((end - p) / ${size})`);
    out.line(
      `if (${count} * ${size} !== end - p) x.short(${count} * ${size}, end - p, ${placeArguments(place)});`,
    );
  }
  loopFixed(job, node, { list, count, start: 'p', size, place });
  out.line(`p += ${count} * ${size};`);
  return list;
}
