/** Signals of this family. */
export const SIGNALS = {
  /** To `object/MAP/ID`: somebody wants to trade, `{id, objectId, epoch, place}`. */
  request: 'trade.request',
  /** To the partner: a statement (see `machine.ts`). */
  say: 'trade.say',
  /** To the partner: the trade is over, `{id, code}` with the code of TradeState that its client is told. */
  over: 'trade.over',
  /** From any family to `self`: the character can trade no more (death, leaving). No payload. */
  stop: 'trade.stop',
} as const;

/** The timer of a trade: whether both are still there and near, and the statement once more. */
export const TICK = 'trade.tick';
/** Milliseconds between two of them. */
export const TICK_INTERVAL = 1_000;
/** Milliseconds that a request waits for its answer. */
export const REQUEST_PATIENCE = 30_000;
/** Units between two who trade; 100 are a metre. */
export const TRADE_RANGE = 1_000;
