import { askFor } from '../asking.ts';
import { countNamed } from '../rules/opening.ts';
import type { ShopPacket } from '../sections.ts';

/** Sells to somebody's shop what its owner wishes for. */
export const shopSellReq: ShopPacket<'CLI_SHOP_SELL_REQ'> = (context, request) =>
  askFor(
    context,
    'sell',
    request,
    request.items.map(({ inventory_index: from, wishlist_index: line, item }) => {
      const { type, id } = item.header;
      return { line, from, type, id, count: countNamed(item) };
    }),
  );
