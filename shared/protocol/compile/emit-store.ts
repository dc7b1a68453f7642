import { fieldPlace } from './emit-decode.ts';
import { type Emitter, key } from './emitter.ts';
import type { IntNode, UnionNode } from './layout.ts';

/** The condition under which `value` does not fit `node`. */
export function testInt(node: IntNode, value: string): string {
  const bits = node.bytes * 8;
  const kept = node.signed
    ? bits === 32
      ? `(${value} | 0)`
      : `(${value} << ${32 - bits} >> ${32 - bits})`
    : bits === 32
      ? `(${value} >>> 0)`
      : `(${value} & ${2 ** bits - 1})`;
  return `typeof ${value} !== 'number' || ${kept} !== ${value}`;
}

/** Stores an integer whose range was checked, and steps over it. */
export function storeInt(out: Emitter, node: IntNode, value: string): void {
  for (let index = 0; index < node.bytes; index += 1) {
    out.line(`b[${out.position(index)}] = ${index === 0 ? value : `${value} >>> ${index * 8}`};`);
  }
  out.advance(node.bytes);
}

/**
 * Stores a union: from its member, else from the first view of which a part is given; whatever else is given must agree.
 * Parts left out are zero where the union has a default, and missing otherwise.
 */
export function emitUnion(
  out: Emitter,
  node: UnionNode,
  source: string,
  place: string,
  constant: (names: readonly string[]) => string,
): void {
  const [word, known, given, member] = [out.fresh('w'), out.fresh('h'), out.fresh('g'), out.fresh('v')];
  out.line(
    `if (typeof ${source} !== 'object' || ${source} === null) x.encode('bad_value', ${place}, ${source});`,
  );
  out.line(`let ${word} = 0, ${known} = false, ${given} = 0;`);
  out.line(`const ${member} = ${source}[${key(node.member)}];`);
  out.line(`if (${member} !== undefined) {`);
  out.line(
    `if (${testInt(node.store, member)}) x.encode('bad_value', ${fieldPlace(place, node.member)}, ${member});`,
  );
  out.line(`${word} = ${member} | 0; ${known} = true; ${given}++;`);
  out.line('}');
  const names = [node.member];
  for (const view of node.views) {
    const parts = view.map((bit) => ({ bit, value: out.fresh('v'), at: fieldPlace(place, bit.n) }));
    for (const { bit, value } of parts) out.line(`const ${value} = ${source}[${key(bit.n)}];`);
    out.line(`if (${parts.map(({ value }) => `${value} !== undefined`).join(' || ')}) {`);
    out.line(`if (!${known}) {`);
    for (const { bit, value, at } of parts) {
      const absent = node.initial === undefined ? `x.encode('missing_field', ${at}, undefined)` : '{}';
      const kept = bit.bits === 32 ? `(${value} >>> 0)` : `(${value} & ${2 ** bit.bits - 1})`;
      out.line(`if (${value} === undefined) ${absent}`);
      out.line(
        `else if (typeof ${value} !== 'number' || ${kept} !== ${value}) x.encode('bad_value', ${at}, ${value});`,
      );
      out.line(`else { ${word} |= ${value} << ${bit.off}; ${given}++; }`);
    }
    out.line(`${known} = true;`);
    out.line('} else {');
    for (const { bit, value, at } of parts) {
      const held = bit.bits === 32 ? `${word} >>> 0` : `${word} >>> ${bit.off} & ${2 ** bit.bits - 1}`;
      out.line(
        `if (${value} !== undefined) { if (${value} !== (${held})) x.encode('union_conflict', ${at}, ${value}); ${given}++; }`,
      );
    }
    out.line('}');
    out.line('}');
    names.push(...view.map((bit) => bit.n));
  }
  out.line(
    node.initial === undefined
      ? `if (!${known}) x.encode('missing_field', ${fieldPlace(place, node.member)}, undefined);`
      : `if (!${known}) ${word} = ${node.initial | 0};`,
  );
  out.line(`for (const key in ${source}) ${given}--;`);
  out.line(`if (${given} !== 0) x.surplus(${place}, ${source}, ${constant(names)});`);
  storeInt(out, node.store, word);
}
