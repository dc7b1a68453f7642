import type { Json } from '../../shared/contract/index.ts';

type Member = Json | undefined;

/** Whether two JSON values say the same. The order of keys does not count, a key without value counts as missing. */
export function sameJson(left: Member, right: Member): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (isList(left) !== isList(right)) return false;
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((member, index) => sameJson(member, right[index]));
  }
  const one = left as Readonly<Record<string, Member>>;
  const other = right as Readonly<Record<string, Member>>;
  for (const key of Object.keys(one)) if (!sameJson(one[key], other[key])) return false;
  for (const key of Object.keys(other)) if (other[key] !== undefined && one[key] === undefined) return false;
  return true;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
