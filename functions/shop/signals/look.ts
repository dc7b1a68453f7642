import { packet } from '../../../shared/kit/index.ts';
import { SIGNALS } from '../names.ts';
import { attendedShop } from '../open-shop.ts';
import { readLook } from '../reading.ts';
import type { ShopSignal } from '../sections.ts';
import { listPacket } from '../shelf.ts';
import { isNear } from '../standing.ts';

/** Somebody looks at the shop. */
export const looked: ShopSignal = (context, payload, { to: address, from }) => {
  const look = readLook(payload);
  if (look === undefined) return { refused: 'bad_signal' };
  const attended = attendedShop(context);
  const answer = (packets: Parameters<typeof packet>) => ({
    deliveries: [{ to: `connection/${from.connection}`, packets: [packet(...packets)] }],
  });
  // The number by which it was asked for, which may be that of a monster.
  if (attended === undefined) {
    const id = Number(address.split('/')[2]);
    return Number.isInteger(id) ? answer(['SRV_SHOP_CLOSE', { id }]) : { refused: 'bad_signal' };
  }
  const { shop, standing } = attended;
  if (!isNear(standing, look.place)) return { refused: 'too_far' };
  const packets = [listPacket(shop, standing.inventory)];
  const to = `connection/${from.connection}`;
  const { objectId, edition } = shop;
  return {
    deliveries: [{ to, packets }],
    signals: edition === undefined ? [] : [{ to, name: SIGNALS.seen, payload: { shop: objectId, edition } }],
  };
};
