import { describe, expect, it } from 'vitest';
import type { Container } from '../../../shared/economy/index.ts';
import type { ShopItem } from '../../../shared/protocol/packets.generated.ts';
import type { StoredItem } from '../../../shared/sections/index.ts';
import { newItem } from '../../../shared/world/starter-inventory.ts';
import { world } from '../../../shared/world/world.ts';
import { MAX_LINES } from '../names.ts';
import { opening } from './opening.ts';

function itemOf(ref: string, count = 1): StoredItem {
  const data = world.itemByRef(ref);
  if (data === undefined) throw new Error(ref);
  return newItem(data, count, `${ref} ${count}`);
}

/** A line as it comes from a client: the data of a thing that does not stack are one number with its count. */
function line(index: number, ref: string, count: number, price = 5): ShopItem {
  const { type, id } = itemOf(ref);
  const header = { header: 0, type, id, isCreated: 0 };
  const rest = { gem_opt: 0, durability: 0, life: 0, hasSocket: 0, isAppraised: 0, refine: 0 };
  return { index, item: { header, data: { count, ...rest } }, price };
}

const bag: Container = {
  zuly: '0',
  slots: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [12 + n, itemOf('material/11', 10)])),
};
const goods = (count: number) => Array.from({ length: count }, (_, n) => line(12 + n, 'material/11', 1));
const wishes = (...items: ShopItem[]) => opening(bag, { sell_count: 0, wishlist_count: items.length, items });

describe('a shop that opens', () => {
  it('has as many lines of either kind as there may be, and no more', () => {
    const open = (sells: number, wants: number) =>
      opening(bag, {
        sell_count: sells,
        wishlist_count: wants,
        items: [...goods(sells), ...Array.from({ length: wants }, () => line(0, 'material/11', 1))],
      });
    expect(open(MAX_LINES, MAX_LINES)).toMatchObject({ goods: { length: MAX_LINES } });
    expect(open(MAX_LINES + 1, 0)).toEqual({ refused: 'too_many_lines' });
    expect(open(0, MAX_LINES + 1)).toEqual({ refused: 'too_many_lines' });
    expect(open(0, 0)).toEqual({ refused: 'bad_count' });
  });

  it('offers part of what lies there, or all of it, and keeps the rest', () => {
    const open = (count: number) =>
      opening(bag, { sell_count: 1, wishlist_count: 0, items: [line(12, 'material/11', count)] });
    expect(open(4)).toMatchObject({ goods: [{ from: 12, left: 4, kept: 6, price: 5 }] });
    expect(open(10)).toMatchObject({ goods: [{ left: 10, kept: 0 }] });
    for (const count of [0, 11]) expect(open(count)).toEqual({ refused: 'too_few' });
  });

  it('wishes for 1 to 999 of what stacks, and for one of what does not', () => {
    for (const count of [1, 999])
      expect(wishes(line(0, 'material/11', count))).toMatchObject({ wishes: [{ left: count }] });
    for (const count of [0, 1000])
      expect(wishes(line(0, 'material/11', count))).toEqual({ refused: 'bad_amount' });
    for (const data of [0, 70_000])
      expect(wishes(line(0, 'weapon/1', data))).toMatchObject({ wishes: [{ left: 1 }] });
  });

  it('wishes for nothing of a quest, nothing unknown, and nothing for free', () => {
    expect(wishes(line(0, 'quest/1', 1))).toEqual({ refused: 'not_tradable' });
    expect(wishes(line(0, 'material/11', 1, 0))).toEqual({ refused: 'bad_price' });
    const { item, ...rest } = line(0, 'material/11', 1);
    const unknown = { ...rest, item: { ...item, header: { ...item.header, id: 1023 } } };
    expect(wishes(unknown)).toEqual({ refused: 'unknown_item' });
  });
});
