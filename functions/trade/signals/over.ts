import { LIFECYCLE } from '../../../shared/contract/index.ts';
import { TradeState } from '../../../shared/protocol/packets.generated.ts';
import { end } from '../ending.ts';
import { SIGNALS } from '../names.ts';
import { readOver } from '../reading.ts';
import type { TradeSignal } from '../sections.ts';

/** The partner says that the trade is over, and why. Where that can be doubted the receipt is asked. */
export const isOver: TradeSignal = (context, payload) => {
  const over = readOver(payload);
  if (over === undefined) return { refused: 'bad_signal' };
  const side = context.sections.trade;
  if (side?.id !== over.id) return {};
  const tellPartner = false;
  // That it was carried out is never believed without the receipt.
  if (over.code === TradeState.DONE)
    return end(context, { ...side, theirDone: true }, { code: TradeState.CANCEL, tellPartner });
  return end(context, side, { code: over.code, tellPartner });
};

/** Another family says that the character can trade no more. */
export const stopped: TradeSignal = (context) => {
  const side = context.sections.trade;
  return side === undefined ? {} : end(context, side, { code: TradeState.CANCEL });
};

/** The connection ends. */
export const closing: TradeSignal = (context) => {
  const side = context.sections.trade;
  return side === undefined ? {} : end(context, side, { code: TradeState.CANCEL, tellSelf: false });
};

/** A signal found nobody: nobody stands under that object id, or the partner is gone. */
export const undeliverable: TradeSignal = (context, { name, payload }) => {
  const side = context.sections.trade;
  const id = typeof payload === 'object' && payload !== null && 'id' in payload ? payload.id : undefined;
  if (side === undefined || side.id !== id) return {};
  if (name === SIGNALS.request)
    return end(context, side, {
      code: TradeState.INVALID_TARGET,
      tellPartner: false,
      refused: 'bad_target',
    });
  return name === SIGNALS.say ? end(context, side, { code: TradeState.CANCEL, tellPartner: false }) : {};
};

/** The signals of the ingress that a trade listens to. */
export const LIFECYCLE_SIGNALS = {
  [LIFECYCLE.closing]: closing,
  [LIFECYCLE.undeliverable]: undeliverable,
};
