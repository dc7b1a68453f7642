import { type EncodeJob, encodeNode, encodeOrZero } from './encode-node.ts';
import { fixedSize, type Node, sizeOfNode, type ValueSlot } from './layout.ts';
import { elementOf, type Place, placeArguments } from './place.ts';
import { storeInt } from './store-int.ts';

/** What stands in for elements that are not given: nothing, zero bytes, or the expression of a list of defaults. */
type Filling = 'none' | 'zero' | { readonly list: string };

function element(
  job: EncodeJob,
  node: Node,
  list: string,
  index: string,
  filling: Filling,
  place: Place,
): void {
  const out = job.out;
  const item = out.fresh('v');
  out.line(`let ${item} = ${list}[${index}];`);
  if (filling === 'zero') {
    encodeOrZero(job, node, item, elementOf(place, index));
    return;
  }
  if (filling !== 'none') out.line(`if (${item} === undefined) ${item} = ${filling.list}[${index}];`);
  encodeNode(job, node, item, elementOf(place, index));
}

function loop(job: EncodeJob, count: string, list: string, node: Node, filling: Filling, place: Place): void {
  const out = job.out;
  const size = fixedSize(sizeOfNode(node));
  const [index, base] = [out.fresh('i'), out.fresh('q')];
  if (size === undefined) {
    out.line(`for (let ${index} = 0; ${index} < ${count}; ${index}++) {`);
    element(job, node, list, index, filling, place);
    out.settle();
    out.line('}');
    return;
  }
  const step = `${index}++, ${base} += ${size}`;
  out.line(`for (let ${index} = 0, ${base} = ${out.position()}; ${index} < ${count}; ${step}) {`);
  out.within(base, () => element(job, node, list, index, filling, place));
  out.line('}');
}

function fillingOf(job: EncodeJob, slot: ValueSlot, count: number): Filling {
  const initial = slot.initial;
  if (initial === undefined) return 'none';
  if (initial === 'zero' && slot.node.kind !== 'text') return 'zero';
  return { list: job.constants.add(Array.isArray(initial) ? initial : new Array(count).fill(initial)) };
}

/** Writes a list of fixed length; a shorter one is filled up from the default. */
export function encodeCount(
  job: EncodeJob,
  slot: ValueSlot,
  count: number,
  value: string,
  place: Place,
): void {
  const { out, constants } = job;
  const size = fixedSize(sizeOfNode(slot.node));
  if (size === undefined) out.settle();
  else out.cover(place);
  const filling = fillingOf(job, slot, count);
  if (filling !== 'none') out.line(`if (${value} === undefined) ${value} = ${constants.add([])};`);
  out.line(`if (!Array.isArray(${value})) x.value(${value}, ${placeArguments(place)});`);
  const wrong = filling === 'none' ? `!== ${count}` : `> ${count}`;
  out.line(
    `if (${value}.length ${wrong}) x.encode('count_mismatch', ${value}.length, ${placeArguments(place)});`,
  );
  loop(job, String(count), value, slot.node, filling, place);
  if (size !== undefined) out.advance(size * count);
}

/** Writes a list behind a count of `prefix` bytes, or without one where that is 0. */
export function encodeList(
  job: EncodeJob,
  slot: ValueSlot,
  prefix: 0 | 1 | 2,
  value: string,
  place: Place,
): void {
  const { out, constants } = job;
  const extent = sizeOfNode(slot.node);
  if (slot.initial !== undefined)
    out.line(`if (${value} === undefined) ${value} = ${constants.add(slot.initial)};`);
  out.line(`if (!Array.isArray(${value})) x.value(${value}, ${placeArguments(place)});`);
  const count = out.fresh('n');
  out.line(`const ${count} = ${value}.length;`);
  if (prefix > 0) {
    const most = 2 ** (prefix * 8) - 1;
    out.line(`if (${count} > ${most}) x.encode('count_overflow', ${count}, ${placeArguments(place)});`);
    out.cover(place);
    storeInt(out, prefix, count);
  }
  out.settle();
  out.line(
    `if (limit - p < ${count} * ${extent.least}) x.encode('frame_too_large', ${count}, ${placeArguments(place)});`,
  );
  loop(job, count, value, slot.node, 'none', place);
  const size = fixedSize(extent);
  if (size !== undefined) out.line(`p += ${count} * ${size};`);
}
