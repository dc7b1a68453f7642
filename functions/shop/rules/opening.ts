import { type Container, countOf, isBagSlot, isSameKind } from '../../../shared/economy/index.ts';
import type { Item, ShopItem } from '../../../shared/protocol/packets.generated.ts';
import type { ShopGoods, ShopSection, ShopWish } from '../../../shared/sections/index.ts';
import { ITEM_TYPES, MAX_STACK } from '../../../shared/world/item-types.ts';
import { world } from '../../../shared/world/world.ts';
import { MAX_LINES } from '../names.ts';

type Lines = Pick<ShopSection, 'goods' | 'wishes'> | { readonly refused: string };

/** The lines of a shop that somebody wants to open: first `sell_count` things for sale, then `wishlist_count` wishes. */
export function opening(
  inventory: Container,
  asked: {
    readonly sell_count: number;
    readonly wishlist_count: number;
    readonly items: readonly ShopItem[];
  },
): Lines {
  const { sell_count: sells, wishlist_count: wants, items } = asked;
  if (sells + wants !== items.length || items.length === 0) return { refused: 'bad_count' };
  if (sells > MAX_LINES || wants > MAX_LINES) return { refused: 'too_many_lines' };
  const goods: ShopGoods[] = [];
  for (const line of items.slice(0, sells)) {
    const next = goodsOf(inventory, line);
    if ('refused' in next) return next;
    if (goods.some(({ from }) => from === next.from)) return { refused: 'already_offered' };
    goods.push(next);
  }
  const wishes: ShopWish[] = [];
  for (const line of items.slice(sells)) {
    const next = wishOf(line);
    if ('refused' in next) return next;
    wishes.push(next);
  }
  return { goods, wishes };
}

/** How many a client means: the count of a stack, 1 of a thing, whose data say other things. */
export function countNamed(item: Item): number {
  return stacks(item.header.type) ? item.data.count : 1;
}

function goodsOf(inventory: Container, { index, item, price }: ShopItem): ShopGoods | { refused: string } {
  const there = inventory.slots[index];
  if (there === undefined || !isBagSlot(index)) return { refused: 'empty_slot' };
  if (!isSameKind(item, there)) return { refused: 'other_item' };
  if (there.type === ITEM_TYPES.quest.wire) return { refused: 'not_tradable' };
  if (price < 1) return { refused: 'bad_price' };
  const count = countNamed(item);
  if (count < 1 || count > countOf(there)) return { refused: 'too_few' };
  return { from: index, item: there, left: count, kept: countOf(there) - count, price };
}

function wishOf({ item, price }: ShopItem): ShopWish | { refused: string } {
  const { type, id } = item.header;
  const data = world.item(type, id);
  if (data === undefined) return { refused: 'unknown_item' };
  if (data.type === 'quest') return { refused: 'not_tradable' };
  if (price < 1) return { refused: 'bad_price' };
  const left = countNamed(item);
  return left < 1 || left > MAX_STACK ? { refused: 'bad_amount' } : { type, id, left, price };
}

function stacks(type: number): boolean {
  return Object.values(ITEM_TYPES).some((rule) => rule.wire === type && rule.stacks);
}
