import { askFor } from '../asking.ts';
import { countNamed } from '../rules/opening.ts';
import type { ShopPacket } from '../sections.ts';

/** Buys from somebody's shop. */
export const shopBuyReq: ShopPacket<'CLI_SHOP_BUY_REQ'> = (context, request) =>
  askFor(
    context,
    'buy',
    request,
    request.items.map(({ index, item }) => {
      const { type, id } = item.header;
      return { line: index, from: 0, type, id, count: countNamed(item) };
    }),
  );
