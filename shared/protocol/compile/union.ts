import type { BitPart } from '../schema.ts';
import type { Faults } from './fault.ts';
import type { UnionNode } from './layout.ts';
import { pathAt } from './place.ts';

function maskOf(bits: number): number {
  return bits === 32 ? 0xffffffff : 2 ** bits - 1;
}

/** The value of a part inside the whole integer. */
function partOf(word: number, part: BitPart): number {
  return Math.floor(word / 2 ** part.off) % (maskOf(part.bits) + 1);
}

function isPart(value: unknown, bits: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maskOf(bits);
}

type Given = Readonly<Record<string, unknown>>;

function fromView(
  faults: Faults,
  node: UnionNode,
  view: readonly BitPart[],
  given: Given,
  place: string,
): number {
  let word = 0;
  for (const part of view) {
    const value = given[part.n];
    if (value === undefined && node.initial !== undefined) continue;
    if (!isPart(value, part.bits)) return faults.value(value, `${place}.${part.n}`);
    word += value * 2 ** part.off;
  }
  return word;
}

/**
 * The integer of a union given in any allowed way: by its member, else by the first view of which a part is given; whatever
 * else is given must agree. Parts left out are zero where the union has a default, and missing otherwise.
 */
export function packUnion(
  faults: Faults,
  node: UnionNode,
  given: Given,
  path: string,
  ...indices: number[]
): number {
  const place = pathAt(path, indices);
  const names = [node.member, ...node.views.flat().map((part) => part.n)];
  faults.surplus(given, names, place);
  const member = given[node.member];
  const view = node.views.find((parts) => parts.some((part) => given[part.n] !== undefined));
  let word = node.initial;
  if (member !== undefined) {
    if (!isPart(member, node.store.bytes * 8)) return faults.value(member, `${place}.${node.member}`);
    word = member;
  } else if (view !== undefined) {
    word = fromView(faults, node, view, given, place);
  }
  if (word === undefined) return faults.value(undefined, `${place}.${node.member}`);
  for (const part of node.views.flat()) {
    const value = given[part.n];
    if (value !== undefined && value !== partOf(word, part))
      return faults.encode('union_conflict', value, `${place}.${part.n}`);
  }
  return word;
}
