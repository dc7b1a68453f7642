import type { Emitter } from './emitter.ts';
import type { IntNode } from './layout.ts';

/** The condition under which `value` is a number of this many bits. */
export function fitsBits(bits: number, value: string): string {
  const kept = bits === 32 ? `${value} >>> 0` : `${value} & ${2 ** bits - 1}`;
  return `typeof ${value} === 'number' && (${kept}) === ${value}`;
}

/** The condition under which `value` is an integer that `node` can hold. */
export function fitsInt(node: IntNode, value: string): string {
  const bits = node.bytes * 8;
  if (!node.signed) return fitsBits(bits, value);
  const kept = bits === 32 ? `${value} | 0` : `${value} << ${32 - bits} >> ${32 - bits}`;
  return `typeof ${value} === 'number' && (${kept}) === ${value}`;
}

/** Stores an integer whose range was checked, and steps over it. */
export function storeInt(out: Emitter, bytes: number, value: string): void {
  for (let index = 0; index < bytes; index += 1) {
    out.line(`b[${out.position(index)}] = ${index === 0 ? value : `${value} >>> ${index * 8}`};`);
  }
  out.advance(bytes);
}
