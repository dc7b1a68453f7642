import { TradeState } from '../../../shared/protocol/packets.generated.ts';
import { conclude, end } from '../ending.ts';
import { tell } from '../going-on.ts';
import { type Acted, accept, isAgreed, type Side, sayDone, setReady } from '../machine.ts';
import type { TradeContext, TradePacket, TradeResult } from '../sections.ts';
import { obstacle, type Standing, standingOf } from '../standing.ts';
import { tradePacket } from '../telling.ts';
import { unlessSettled } from '../unless-settled.ts';
import { request } from './request.ts';

/** The codes by which a request is declined; clients that are busy with something else say so by themselves. */
const DECLINING: readonly number[] = [TradeState.REJECT, TradeState.BUSY, TradeState.TRADE_DISABLED];
/** The codes that need a trade that goes on. */
const STEPS: readonly number[] = [TradeState.ACCEPT, TradeState.READY, TradeState.NOTREADY, TradeState.DONE];

/** Every step of a trade but the offers. */
export const trade: TradePacket<'CLI_TRADE'> = (context, { state, target }) => {
  const standing = standingOf(context);
  const isStep = STEPS.includes(state);
  if (standing === undefined) {
    const waits = isStep || state === TradeState.REQUEST;
    return {
      replies: waits ? [tradePacket(TradeState.TRADE_DISABLED, target)] : [],
      refused: 'not_in_world',
    };
  }
  if (state === TradeState.REQUEST) return request(context, standing, target);
  if (!isStep && state !== TradeState.CANCEL && !DECLINING.includes(state)) return { refused: 'bad_state' };
  const side = context.sections.trade;
  if (side === undefined || side.partner.objectId !== target) {
    // A side that cancels has closed its window already.
    const replies = isStep ? [tradePacket(TradeState.INVALID_TARGET, target)] : [];
    return { replies, refused: side === undefined ? 'no_trade' : 'bad_target' };
  }
  const code = obstacle(side, standing, context.now);
  if (code !== undefined) return end(context, side, { code });
  if (state === TradeState.CANCEL) return end(context, side, { code: state, tellSelf: false });
  return isStep ? step(context, side, standing, state) : decline(context, side, state);
};

/** A request is declined; the side that asked cannot, and an open trade is cancelled instead. */
function decline(context: TradeContext, side: Side, code: number): Promise<TradeResult> | TradeResult {
  if (side.open || side.role === 'asker') return { refused: 'nothing_to_decline' };
  return end(context, side, { code, tellSelf: false });
}

function step(
  context: TradeContext,
  side: Side,
  standing: Standing,
  state: number,
): Promise<TradeResult> | TradeResult {
  const go = (acted: Acted): TradeResult =>
    'refused' in acted ? acted : tell(context, acted.side, standing);
  if (state === TradeState.ACCEPT) return go(accept(side));
  if (state === TradeState.READY) return go(setReady(side, true));
  if (state === TradeState.NOTREADY) return unlessSettled(context, side, () => go(setReady(side, false)));
  const acted = sayDone(side);
  return 'side' in acted && isAgreed(acted.side) ? conclude(context, acted.side) : go(acted);
}
