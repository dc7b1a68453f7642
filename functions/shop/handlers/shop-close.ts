import { close } from '../open-shop.ts';
import type { ShopPacket } from '../sections.ts';

/** Closes the own shop. */
export const shopClose: ShopPacket<'CLI_SHOP_CLOSE'> = (context) =>
  context.sections.shop === undefined ? { refused: 'no_shop' } : close(context);
