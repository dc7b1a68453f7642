import type { NamedPacket } from '../../shared/contract/index.ts';
import { type Container, wireItem } from '../../shared/economy/index.ts';
import { packet } from '../../shared/kit/index.ts';
import type { ShopGoods, ShopSection, ShopWish, StoredItem } from '../../shared/sections/index.ts';
import { newItem } from '../../shared/world/starter-inventory.ts';
import { world } from '../../shared/world/world.ts';
import { available } from './rules/deals.ts';

/** What is left of a line of goods; null: nothing. */
export function onSale(line: ShopGoods, inventory: Container): StoredItem | null {
  const count = available(line, inventory);
  if (count < 1) return null;
  return line.item.kind === 'stack' ? { ...line.item, count } : line.item;
}

/** What is still wanted of a wish; null: nothing. */
export function wished({ type, id, left }: ShopWish): StoredItem | null {
  const data = world.item(type, id);
  return data === undefined || left < 1 ? null : newItem(data, left, 'wish');
}

/** Everything that the shop offers and wishes for. Lines with nothing left are not listed; the others keep their numbers. */
export function listPacket(shop: ShopSection, inventory: Container): NamedPacket {
  const goods = listed(shop.goods, (line) => onSale(line, inventory));
  const wishes = listed(shop.wishes, wished);
  const counts = { sell_count: goods.length, wishlist_count: wishes.length };
  return packet('SRV_SHOP_LIST_REPLY', { ...counts, items: [...goods, ...wishes] });
}

function listed<T extends { readonly price: number }>(
  lines: readonly T[],
  itemOf: (line: T) => StoredItem | null,
) {
  return lines.flatMap((line, index) => {
    const item = itemOf(line);
    return item === null ? [] : [{ index, item: wireItem(item), price: line.price }];
  });
}
