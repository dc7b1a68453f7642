import type { StoredItem } from '../sections/index.ts';
import type { Container } from './container.ts';
import type { Goods } from './settlement.ts';

/** Amounts by name: `zuly`, `stack type/id`, `single uid type/id`. */
export type Holdings = Map<string, bigint>;

const MONEY = 'zuly';

/** What a stored thing is counted as: single things one by one, stacks by their kind. */
export function nameOf(item: StoredItem): string {
  const kind = `${item.type}/${item.id}`;
  return item.kind === 'stack' ? `stack ${kind}` : `single ${item.uid} ${kind}`;
}

export function addGoods(to: Holdings, goods: Goods): void {
  add(to, MONEY, BigInt(goods.money ?? '0'));
  for (const item of goods.items ?? [])
    add(to, nameOf(item), item.kind === 'stack' ? BigInt(item.count) : 1n);
}

/** Everything that lies in a container. */
export function goodsOf(container: Container): Goods {
  return { money: container.zuly, items: Object.values(container.slots) };
}

/** The sum of goods. */
export function holdingsOf(...all: readonly Goods[]): Holdings {
  const sum: Holdings = new Map();
  for (const goods of all) addGoods(sum, goods);
  return sum;
}

/**
 * What is wrong between two sides of the books, or null when they hold exactly the same. A single thing that is on one side twice is
 * wrong even when both sides agree.
 */
export function imbalance(left: Holdings, right: Holdings): string | null {
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const a = left.get(name) ?? 0n;
    const b = right.get(name) ?? 0n;
    if (a !== b) return `${name}: ${a} before and made, ${b} after and used up`;
    if (name.startsWith('single ') && a > 1n) return `${name} is there ${a} times`;
  }
  return null;
}

function add(to: Holdings, name: string, amount: bigint): void {
  if (amount !== 0n) to.set(name, (to.get(name) ?? 0n) + amount);
}
