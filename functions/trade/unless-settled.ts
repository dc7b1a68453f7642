import { TradeState } from '../../shared/protocol/packets.generated.ts';
import { end } from './ending.ts';
import type { Side } from './machine.ts';
import type { TradeContext, TradeResult } from './sections.ts';
import { look } from './settling.ts';

/**
 * Before the side that carries trades out goes back on something that the other has said DONE to: a turn of it may have carried the
 * trade out and then been lost, so the receipt is asked first.
 */
export async function unlessSettled(
  context: TradeContext,
  side: Side,
  go: () => TradeResult,
): Promise<TradeResult> {
  if (side.role !== 'asker' || !side.theirDone) return go();
  const fate = await look(context, side);
  if (fate === undefined) return go();
  // What was decided, `end` finds out and tells.
  return fate.code === 'failed'
    ? { refused: 'service_down' }
    : end(context, side, { code: TradeState.CANCEL });
}
