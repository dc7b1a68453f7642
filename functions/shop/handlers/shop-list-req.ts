import { SIGNALS } from '../names.ts';
import type { ShopPacket } from '../sections.ts';
import { listPacket } from '../shelf.ts';
import { standingOf } from '../standing.ts';

/** Looks at a shop, which may be the own one. */
export const shopListReq: ShopPacket<'CLI_SHOP_LIST_REQ'> = (context, { id }) => {
  const standing = standingOf(context);
  if ('refused' in standing) return standing;
  const { presence, at, inventory } = standing;
  const { shop } = context.sections;
  if (id === presence.objectId)
    return shop === undefined ? { refused: 'no_shop' } : { replies: [listPacket(shop, inventory)] };
  const place = { map: presence.map, x: at.x, y: at.y };
  return { signals: [{ to: `object/${presence.map}/${id}`, name: SIGNALS.look, payload: { place } }] };
};
