import type { Constants } from './constants.ts';
import { type Emitter, key } from './emitter.ts';
import type { UnionNode } from './layout.ts';
import { type Place, placeArguments } from './place.ts';
import { fitsBits, storeInt } from './store-int.ts';

/**
 * Stores a union. The two usual ways of giving it, all parts of the first view and nothing else or the member alone, are
 * recognised here by the values and the number of keys; everything else is left to `packUnion`.
 */
export function encodeUnion(
  out: Emitter,
  constants: Constants,
  node: UnionNode,
  source: string,
  place: Place,
): void {
  const [word, keys, member] = [out.fresh('w'), out.fresh('g'), out.fresh('v')];
  out.line(
    `if (typeof ${source} !== 'object' || ${source} === null) x.value(${source}, ${placeArguments(place)});`,
  );
  out.line(`let ${word} = 0, ${keys} = 0;`);
  out.line(`for (const key in ${source}) ${keys}++;`);
  const parts = (node.views[0] ?? []).map((bit) => ({ bit, value: out.fresh('v') }));
  for (const { bit, value } of parts) out.line(`const ${value} = ${source}[${key(bit.n)}];`);
  const whole = parts.map(({ bit, value }) => fitsBits(bit.bits, value));
  const joined = parts.map(({ bit, value }) => (bit.off === 0 ? value : `${value} << ${bit.off}`));
  out.line(
    `if (${[`${keys} === ${parts.length}`, ...whole].join(' && ')}) ${word} = ${joined.join(' | ') || '0'};`,
  );
  out.line('else {');
  out.line(`const ${member} = ${source}[${key(node.member)}];`);
  const alone = `${keys} === 1 && ${fitsBits(node.store.bytes * 8, member)}`;
  const packed = `r.packUnion(x, ${constants.add(node)}, ${source}, ${placeArguments(place)})`;
  out.line(`${word} = (${alone} ? ${member} : ${packed}) | 0;`);
  out.line('}');
  storeInt(out, node.store.bytes, word);
}
