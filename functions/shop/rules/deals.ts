import {
  bagSlots,
  type Container,
  isBagSlot,
  put,
  take,
  type Uids,
  wireItem,
  withMoney,
} from '../../../shared/economy/index.ts';
import type { ShopGoods, ShopSection, StoredItem } from '../../../shared/sections/index.ts';
import { ITEM_TYPES } from '../../../shared/world/item-types.ts';

/** What a visitor asks for: so many of a line of the shop; when selling to it, out of the visitor's slot `from`. */
export interface Wanted {
  readonly line: number;
  readonly from: number;
  readonly type: number;
  readonly id: number;
  readonly count: number;
}

/** How many of a line changed hands. */
export interface Fill {
  readonly line: number;
  readonly count: number;
}

/** Both inventories after a deal; `partial`: not all that was asked for. */
export type Dealt =
  | {
      readonly code: 'ok';
      readonly owner: Container;
      readonly visitor: Container;
      readonly fills: readonly Fill[];
      readonly partial: boolean;
    }
  | { readonly code: 'nothing_left' | 'too_little_money' | 'no_space' | 'too_few' };

/** How many of a line can be had now: never more than was offered, and never what the owner has kept back. */
export function available({ from, item, left, kept }: ShopGoods, { slots }: Container): number {
  const there = slots[from];
  if (there === undefined || there.uid !== item.uid) return 0;
  if (there.kind === 'stack') return Math.max(0, Math.min(left, there.count - kept));
  return JSON.stringify(wireItem(there)) === JSON.stringify(wireItem(item)) ? left : 0;
}

/** A visitor buys. What is no longer there is left out; all the rest changes hands, or nothing. */
export function buyFrom(
  shop: Pick<ShopSection, 'goods'>,
  before: { readonly owner: Container; readonly visitor: Container },
  wanted: readonly Wanted[],
  uids: Uids,
): Dealt {
  let { owner, visitor } = before;
  const goods = [...shop.goods];
  const moved: StoredItem[] = [];
  const fills: Fill[] = [];
  let price = 0n;
  for (const { line, type, id, count: asked } of wanted) {
    const one = goods[line];
    if (one === undefined || one.item.type !== type || one.item.id !== id) continue;
    const count = Math.min(asked, available(one, owner));
    if (count < 1) continue;
    const taken = take(owner, one.from, count, uids);
    if (taken.code !== 'ok') continue;
    owner = taken.rest;
    goods[line] = { ...one, left: one.left - count };
    moved.push(taken.item);
    fills.push({ line, count });
    price += BigInt(one.price) * BigInt(count);
  }
  if (fills.length === 0) return { code: 'nothing_left' };
  const paying = withMoney(visitor, -price);
  if (paying === undefined) return { code: 'too_little_money' };
  const paid = withMoney(owner, price);
  const filled = receive(paying, moved);
  if (paid === undefined || filled === undefined) return { code: 'no_space' };
  visitor = filled;
  return { code: 'ok', owner: paid, visitor, fills, partial: isPartial(fills, wanted) };
}

/** A visitor sells what the owner wishes for, as far as it is still wanted and can be paid. */
export function sellTo(
  shop: Pick<ShopSection, 'wishes'>,
  before: { readonly owner: Container; readonly visitor: Container },
  wanted: readonly Wanted[],
  uids: Uids,
): Dealt {
  let { owner, visitor } = before;
  const wishes = [...shop.wishes];
  const moved: StoredItem[] = [];
  const fills: Fill[] = [];
  let price = 0n;
  for (const { line, from, type, id, count: asked } of wanted) {
    const one = wishes[line];
    const there = visitor.slots[from];
    if (there === undefined || !isBagSlot(from) || there.type !== type || there.id !== id)
      return { code: 'too_few' };
    if (one === undefined || one.type !== type || one.id !== id || type === ITEM_TYPES.quest.wire) continue;
    const affordable = (BigInt(before.owner.zuly) - price) / BigInt(one.price);
    const count = Math.min(asked, one.left, affordable > 999n ? 999 : Number(affordable));
    if (count < 1) continue;
    const taken = take(visitor, from, count, uids);
    if (taken.code !== 'ok') return { code: 'too_few' };
    visitor = taken.rest;
    wishes[line] = { ...one, left: one.left - count };
    moved.push(taken.item);
    fills.push({ line, count });
    price += BigInt(one.price) * BigInt(count);
  }
  if (fills.length === 0) return { code: 'nothing_left' };
  const paying = withMoney(owner, -price);
  const paid = withMoney(visitor, price);
  if (paying === undefined) return { code: 'too_little_money' };
  const filled = receive(paying, moved);
  if (paid === undefined || filled === undefined) return { code: 'no_space' };
  owner = filled;
  return { code: 'ok', owner, visitor: paid, fills, partial: isPartial(fills, wanted) };
}

/** The same lines with less left. */
export function less<T extends { readonly left: number }>(
  lines: readonly T[],
  fills: readonly Fill[],
): readonly T[] {
  return lines.map((line, index) => {
    const sold = fills.reduce((sum, fill) => (fill.line === index ? sum + fill.count : sum), 0);
    return sold === 0 ? line : { ...line, left: Math.max(0, line.left - sold) };
  });
}

function isPartial(fills: readonly Fill[], wanted: readonly Wanted[]): boolean {
  const sum = (all: readonly { readonly count: number }[]) =>
    all.reduce((total, { count }) => total + count, 0);
  return sum(fills) < sum(wanted);
}

function receive(into: Container, items: readonly StoredItem[]): Container | undefined {
  let filled = into;
  for (const item of items) {
    const added = put(filled, item, bagSlots(item));
    if (added.code !== 'ok') return undefined;
    filled = added.into;
  }
  return filled;
}
