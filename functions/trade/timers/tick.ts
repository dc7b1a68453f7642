import { TradeState } from '../../../shared/protocol/packets.generated.ts';
import { conclude, end } from '../ending.ts';
import { tell } from '../going-on.ts';
import { isAgreed } from '../machine.ts';
import type { TradeTimer } from '../sections.ts';
import { obstacle, standingOf } from '../standing.ts';

/** Once a second: whether the trade can go on, what is still to be done, and the own statement once more, since signals can be lost. */
export const tick: TradeTimer = (context) => {
  const side = context.sections.trade;
  if (side === undefined) return {};
  if (side.ending !== undefined) return end(context, side, { code: side.ending });
  const standing = standingOf(context);
  const code = obstacle(side, standing, context.now);
  if (standing === undefined || code !== undefined)
    return end(context, side, { code: code ?? TradeState.CANCEL });
  if (isAgreed(side)) return conclude(context, side);
  return tell(context, side, standing);
};
