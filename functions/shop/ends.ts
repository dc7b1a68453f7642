import { packet } from '../../shared/kit/index.ts';
import { nothing } from './asking.ts';
import { SIGNALS, TICK, TICK_INTERVAL } from './names.ts';
import { attendedShop, close } from './open-shop.ts';
import type { ShopSignal, ShopTimer } from './sections.ts';
import { answered } from './waiting.ts';

/** The connection ends, or another family says that the shop must close. */
export const closeNow: ShopSignal = (context) => close(context);

/** Every other second: a shop whose owner has gone away closes. */
export const tick: ShopTimer = (context) => {
  if (context.sections.shop === undefined) return {};
  if (attendedShop(context) === undefined) return close(context);
  return { timers: [{ name: TICK, at: context.now + TICK_INTERVAL }] };
};

/** Nobody stands where the shop was. */
export const undeliverable: ShopSignal = (context, { to, name, payload }) => {
  if (name !== SIGNALS.look && name !== SIGNALS.deal) return {};
  const id = typeof to === 'string' ? Number(to.split('/')[2]) : Number.NaN;
  if (!Number.isInteger(id)) return { refused: 'bad_signal' };
  const closed = packet('SRV_SHOP_CLOSE', { id });
  if (name === SIGNALS.look) return { replies: [closed], refused: 'no_shop' };
  const key = typeof payload === 'object' && payload !== null && 'key' in payload ? payload.key : undefined;
  return { ...answered(context, String(key)), replies: [nothing(id), closed], refused: 'no_shop' };
};
