import { end } from '../ending.ts';
import { tell } from '../going-on.ts';
import { changeOffer } from '../machine.ts';
import { offering } from '../offering.ts';
import type { TradePacket } from '../sections.ts';
import { obstacle, standingOf } from '../standing.ts';
import { unlessSettled } from '../unless-settled.ts';

/** Puts something into the own offer, or takes it back. */
export const tradeItem: TradePacket<'CLI_TRADE_ITEM'> = (context, wanted) => {
  const standing = standingOf(context);
  if (standing === undefined) return { refused: 'not_in_world' };
  const side = context.sections.trade;
  if (side === undefined) return { refused: 'no_trade' };
  const code = obstacle(side, standing, context.now);
  if (code !== undefined) return end(context, side, { code });
  const offered = offering(side.mine, standing.inventory, wanted);
  if ('refused' in offered) return offered;
  const acted = changeOffer(side, offered.change);
  if ('refused' in acted) return acted;
  return unlessSettled(context, side, () => tell(context, acted.side, standing));
};
