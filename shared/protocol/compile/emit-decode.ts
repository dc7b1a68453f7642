import { decodeCount, decodeList } from './decode-list.ts';
import { type DecodeJob, decodeNode, named, readInt, readPart } from './decode-node.ts';
import { Emitter, key } from './emitter.ts';
import type { BitsSlot, Slot, ValueSlot } from './layout.ts';
import { fieldOf, type Place, placeArguments, root } from './place.ts';

function decodeBits(job: DecodeJob, slot: BitsSlot, place: Place): string[] {
  const out = job.out;
  out.cover(fieldOf(place, slot.parts[0]?.n ?? 'bits'));
  const word = named(out, readInt(out, slot.store));
  out.advance(slot.store.bytes);
  return slot.parts.map((bit) => `${key(bit.n)}: ${readPart(word, bit.off, bit.bits)}`);
}

function decodeValue(job: DecodeJob, slot: ValueSlot, place: Place): string {
  const repeat = slot.repeat;
  if (repeat === null) return decodeNode(job, slot.node, place);
  if (repeat.kind === 'count') return decodeCount(job, slot.node, repeat.count, place);
  return decodeList(job, slot.node, repeat.kind === 'prefix' ? repeat.bytes : 0, place);
}

/** The body of `(b, p, end)` that turns the payload in `b[p, end)` into its fields. */
export function emitDecode(slots: readonly Slot[]): string {
  const out = new Emitter(
    (bytes, place) => `if (end - p < ${bytes}) x.short(${bytes}, end - p, ${placeArguments(place)});`,
  );
  const job: DecodeJob = {
    out,
    object(fields, place) {
      const entries = fields.flatMap((slot) => {
        if (slot.kind === 'bits') return decodeBits(job, slot, place);
        return [`${key(slot.name)}: ${decodeValue(job, slot, fieldOf(place, slot.name))}`];
      });
      return `{ ${entries.join(', ')} }`;
    },
  };
  const fields = job.object(slots, root);
  out.settle();
  out.line(`if (p !== end) x.decode('trailing_bytes', (end - p) + ' bytes too many', '');`);
  out.line(`return ${fields};`);
  return out.lines.join('\n');
}
