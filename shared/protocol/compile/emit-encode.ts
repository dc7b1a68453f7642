import type { Constants } from './constants.ts';
import { Emitter, key } from './emitter.ts';
import { encodeCount, encodeList } from './encode-list.ts';
import { type EncodeJob, encodeNode, encodeOrZero } from './encode-node.ts';
import type { BitsSlot, Slot, ValueSlot } from './layout.ts';
import { fieldOf, type Place, placeArguments, root } from './place.ts';
import { fitsBits, storeInt } from './store-int.ts';

function encodeBits(job: EncodeJob, slot: BitsSlot, source: string, place: Place): void {
  const out = job.out;
  out.cover(place);
  const words = slot.parts.map((bit) => {
    const value = out.fresh('v');
    out.line(`const ${value} = ${source}[${key(bit.n)}];`);
    out.line(
      `if (!(${fitsBits(bit.bits, value)})) x.value(${value}, ${placeArguments(fieldOf(place, bit.n))});`,
    );
    return bit.off === 0 ? value : `${value} << ${bit.off}`;
  });
  const word = out.fresh('w');
  out.line(`const ${word} = ${words.join(' | ') || '0'};`);
  storeInt(out, slot.store.bytes, word);
}

function encodeOne(job: EncodeJob, slot: ValueSlot, value: string, place: Place): void {
  const { node, initial } = slot;
  if (initial === 'zero' && node.kind !== 'text') {
    encodeOrZero(job, node, value, place);
    return;
  }
  if (initial !== undefined)
    job.out.line(`if (${value} === undefined) ${value} = ${job.constants.add(initial)};`);
  encodeNode(job, node, value, place);
}

function encodeSlot(job: EncodeJob, slot: ValueSlot, source: string, place: Place, given: string): void {
  const value = job.out.fresh('v');
  job.out.line(`let ${value} = ${source}[${key(slot.name)}];`);
  if (slot.initial !== undefined) job.out.line(`if (${value} !== undefined) ${given}++;`);
  const repeat = slot.repeat;
  if (repeat === null) encodeOne(job, slot, value, place);
  else if (repeat.kind === 'count') encodeCount(job, slot, repeat.count, value, place);
  else encodeList(job, slot, repeat.kind === 'prefix' ? repeat.bytes : 0, value, place);
}

/** Fields that must be there, by their number of keys. */
function requiredKeys(slots: readonly Slot[]): number {
  let count = 0;
  for (const slot of slots) {
    if (slot.kind === 'bits') count += slot.parts.length;
    else if (slot.initial === undefined) count += 1;
  }
  return count;
}

/** Writes the fields of an object and refuses keys that are none of them: counting keys finds them out cheaply. */
function encodeObject(job: EncodeJob, slots: readonly Slot[], source: string, place: Place): void {
  const { out, constants } = job;
  const given = out.fresh('g');
  out.line(
    `if (typeof ${source} !== 'object' || ${source} === null) x.value(${source}, ${placeArguments(place)});`,
  );
  out.line(`let ${given} = ${requiredKeys(slots)};`);
  for (const slot of slots) {
    if (slot.kind === 'bits') encodeBits(job, slot, source, place);
    else encodeSlot(job, slot, source, fieldOf(place, slot.name), given);
  }
  const names = slots.flatMap((slot) =>
    slot.kind === 'bits' ? slot.parts.map((bit) => bit.n) : [slot.name],
  );
  out.line(`for (const key in ${source}) ${given}--;`);
  out.line(`if (${given} !== 0) x.surplus(${source}, ${constants.add(names)}, ${placeArguments(place)});`);
}

/** The body of `(b, p, f0, limit)` that writes the fields `f0` as payload from `p` on and returns its end. */
export function emitEncode(slots: readonly Slot[], constants: Constants): string {
  const out = new Emitter(
    (bytes, place) =>
      `if (limit - p < ${bytes}) x.encode('frame_too_large', limit - p, ${placeArguments(place)});`,
  );
  const job: EncodeJob = {
    out,
    constants,
    object: (fields, source, place) => encodeObject(job, fields, source, place),
  };
  encodeObject(job, slots, 'f0', root);
  out.settle();
  out.line('return p;');
  return out.lines.join('\n');
}
